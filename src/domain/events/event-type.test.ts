import { describe, expect, it } from 'vitest';
import type { EventType } from './event.js';
import { ruledType } from './event-type.js';

const of = (title: string, ...tags: string[]) => ruledType({ title, tags });

describe('ruledType', () => {
  it.each<[EventType, string]>([
    ['talk', 'Talk: What is deceptive alignment?'],
    ['talk', 'AI Safety Talk with Ana Pereira'],
    ['talk', 'Fireside chat with a founder'],
    ['workshop', 'Workshop on giving talks'],
    ['workshop', 'Alignment Hackathon 2026'],
    ['workshop', 'Career planning – a workshop'],
    ['reading_group', 'Reading: Concrete Problems'],
    ['reading_group', 'AI Safety Reading Group #12'],
    ['reading_group', 'Weekly reading'],
    ['reading_group', 'Book club: The Precipice'],
    ['social', 'EA Lisbon social'],
    ['social', 'Social #4'],
    ['social', 'Board games & pizza'],
    ['social', 'January meetup'],
    ['coworking', 'Co-working Saturday'],
    ['coworking', 'Coworking: bring your laptop'],
    ['conference', 'EAGxBerlin conference'],
    ['conference', 'Unconference'],
    ['course', 'AGI Safety Fundamentals course'],
    ['course', 'Introduction to biosecurity: a crash course'],
    ['course', 'Summer school in mechanistic interpretability'],
    ['other', 'Annual general assembly'],
    ['other', ''],
    ['other', '🎉🎉🎉'],
  ])('takes for %s: “%s”', (type, title) => {
    expect(of(title)).toBe(type);
  });

  it.each<[EventType, string]>([
    ['talk', 'Vortrag: Künstliche Intelligenz und Gesellschaft'],
    ['reading_group', 'Lesekreis zu „Superintelligenz“'],
    ['social', 'Spieleabend im Februar'],
    ['workshop', 'Atelier d’écriture'],
    ['reading_group', 'Groupe de lecture : la sécurité de l’IA'],
    ['workshop', 'Taller de lectura crítica'],
    ['talk', 'Charla sobre talleres'],
    ['conference', 'Congreso Internacional de IA'],
    ['talk', 'Palestra: o futuro da IA'],
    ['reading_group', 'Clube de leitura do Porto'],
    ['social', 'Aperitivo di febbraio'],
    ['talk', 'Lezing over AI'],
    ['talk', 'Föreläsning om AI'],
    ['workshop', 'Warsztaty z interpretowalności'],
    ['talk', 'Лекция о безопасности ИИ'],
    ['reading_group', 'AI安全読書会'],
    ['workshop', 'プロンプト・ワークショップ'],
    ['talk', 'AI 安全讲座'],
  ])('knows common words of other languages, for %s: “%s”', (type, title) => {
    expect(of(title)).toBe(type);
  });

  it.each<[EventType, string, string]>([
    ['other', 'Talking circle', 'a part of a word is no word'],
    ['talk', 'Social impact talk', 'an adjective names nothing'],
    ['other', 'Social physics', 'nor does one that no list knows'],
    ['other', 'Choosing a course of action', 'a phrase of its own meaning'],
    ['other', 'Of course I still love you', 'and another'],
    ['talk', 'Talk on workshop culture', 'what it is comes before what it is about'],
    ['social', 'Reading group social', 'the last word of a name is the noun'],
    ['talk', 'Lunch talk', 'substance comes before refreshments'],
    ['talk', 'Talks & pizza', 'in either order'],
    ['talk', 'Pizza and talks', 'in either order'],
    ['workshop', 'How to run a reading group: a workshop', 'the part that names it, wherever it stands'],
    ['social', 'Meetup in Reading', 'a town'],
    ['other', 'Reading between the lines', 'an idiom'],
    ['other', 'Let’s talk about AI', 'an invitation'],
    ['other', 'Understanding training runs of large models', 'the field’s own words'],
    ['other', 'Labour Party manifesto', 'a party that is none'],
    ['other', 'Workshopping', 'a part of a word is no word'],
  ])('is not misled: %s for “%s” (%s)', (type, title) => {
    expect(of(title)).toBe(type);
  });

  it('goes by the tags before the title', () => {
    expect(of('Talk by Ana', 'AI', 'Workshop')).toBe('workshop');
    expect(of('Dinner', 'co-working')).toBe('coworking');
    expect(of('Talk by Ana', 'social impact', 'AI safety')).toBe('talk');
  });

  it('takes accents and case for nothing', () => {
    expect(of('VORTRÄGE')).toBe('talk');
    expect(of('Círculo de Lectura')).toBe('reading_group');
  });

  it('copes with hostile titles quickly', () => {
    const startedAt = performance.now();
    for (const text of ['a '.repeat(2000), '('.repeat(4000), '@everyone '.repeat(400), '\u202Eklat'.repeat(800)]) {
      expect(of(text, text)).toBe('other');
    }
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
