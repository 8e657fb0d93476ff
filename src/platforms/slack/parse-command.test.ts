import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelOption, choiceOption, integerOption, lookupOption, required, textOption } from '../../bot/options.js';
import { command, createRegistry } from '../../bot/registry.js';
import { show } from '../../bot/reply.js';
import { plainText } from '../../bot/text.js';
import { message, textsOf, type View } from '../../bot/views.js';
import { commandProblemView } from './command-problems.js';
import { type Parsed, parseCommand } from './parse-command.js';
import { quoted } from './tokenize.js';

const run = async () => show(message('done'));
const nobody = async () => [];
const registry = createRegistry([
  {
    groups: { orgs: 'Find your org', manage: 'Look after an org', crm: 'Your members' },
    commands: [
      command({
        name: 'orgs browse',
        description: 'Search the directory',
        options: {
          query: textOption('Words'),
          city: lookupOption('City', nobody),
          type: choiceOption('Kind', { chapter: 'Local chapter', network: 'Network' }),
        },
        run,
      }),
      command({
        name: 'orgs join',
        description: 'Join an org',
        options: { org: required(lookupOption('The org', nobody, { example: 'BAISH' })) },
        run,
      }),
      command({ name: 'orgs mine', description: 'Your orgs', run }),
      command({ name: 'manage luma connect', description: 'Connect lu.ma', run }),
      command({ name: 'manage luma status', description: 'How syncing goes', run }),
      command({
        name: 'crm override',
        description: 'Set a level',
        options: {
          member: required(lookupOption('Who', nobody)),
          level: required(choiceOption('Level', { at_risk: 'At risk' })),
          note: required(textOption('Why')),
          weeks: integerOption('How long', { least: 1, most: 9 }),
        },
        run,
      }),
      command({
        name: 'manage announce',
        description: 'Announce',
        options: { channel: required(channelOption('Where', nobody)), note: textOption('Why') },
        run,
      }),
      command({ name: 'help', description: 'Help', options: { topic: lookupOption('Topic', nobody) }, run }),
    ],
  },
]);

const parse = (slash: string, text = '', prefix = '') => parseCommand(registry, prefix, slash, text);

function understood(parsed: Parsed) {
  if (parsed.kind !== 'command') throw new Error(JSON.stringify(parsed));
  return { name: parsed.command.name, texts: parsed.texts };
}

const texts = (slash: string, text: string) => understood(parse(slash, text)).texts;

describe('reading a slash command', () => {
  it('matches one to three words, whatever their case', () => {
    expect(understood(parse('/orgs', 'mine'))).toEqual({ name: 'orgs mine', texts: {} });
    expect(understood(parse('/orgs', '  Browse '))).toEqual({ name: 'orgs browse', texts: {} });
    expect(understood(parse('/manage', 'luma   status')).name).toBe('manage luma status');
    expect(understood(parse('/help')).name).toBe('help');
  });

  it('takes the workspace’s prefix off', () => {
    expect(understood(parse('/rc-orgs', 'mine', 'rc-')).name).toBe('orgs mine');
  });

  it('reads options in any order, with straight and curly quotes', () => {
    const wanted = { query: 'reading group', type: 'chapter' };
    expect(texts('/orgs', 'browse query:"reading group" type:chapter')).toEqual(wanted);
    expect(texts('/orgs', 'browse type:chapter query:“reading group”')).toEqual(wanted);
    expect(texts('/orgs', 'browse Type:chapter QUERY:„reading group“')).toEqual(wanted);
    expect(texts('/orgs', 'browse query:‘reading group’ type: chapter')).toEqual(wanted);
  });

  it('keeps apostrophes, colons and addresses inside values', () => {
    expect(texts('/orgs', 'join People’s AI')).toEqual({ org: 'People’s AI' });
    expect(texts('/orgs', "join People's AI")).toEqual({ org: "People's AI" });
    expect(texts('/orgs', 'join org:https://x.org/o/baish')).toEqual({ org: 'https://x.org/o/baish' });
    expect(texts('/orgs', 'join https://x.org/o/baish')).toEqual({ org: 'https://x.org/o/baish' });
    expect(texts('/orgs', 'browse query:18:30')).toEqual({ query: '18:30' });
    expect(texts('/orgs', 'join AI Safety: Lisbon')).toEqual({ org: 'AI Safety: Lisbon' });
  });

  it('decodes what Slack escapes, and unwraps links and mentions', () => {
    expect(texts('/orgs', 'join R&amp;D &lt;x&gt;')).toEqual({ org: 'R&D <x>' });
    expect(texts('/orgs', 'join <https://x.org/a?b=1&amp;c=2>')).toEqual({ org: 'https://x.org/a?b=1&c=2' });
    expect(texts('/orgs', 'join <https://x.org|x.org>')).toEqual({ org: 'https://x.org' });
    expect(texts('/orgs', 'join <mailto:a@b.org|a@b.org>')).toEqual({ org: 'a@b.org' });
    expect(texts('/orgs', 'join <@U1|ana> <#C1|general>')).toEqual({ org: '@ana #general' });
  });

  it('takes required options by position, the last one with the whole rest', () => {
    expect(texts('/orgs', 'join BAISH')).toEqual({ org: 'BAISH' });
    expect(texts('/orgs', 'join Buenos Aires AI Safety Hub')).toEqual({ org: 'Buenos Aires AI Safety Hub' });
    expect(texts('/orgs', 'join "Buenos Aires"')).toEqual({ org: 'Buenos Aires' });
    expect(texts('/crm', 'override "Ana Souza" at_risk has not been here')).toEqual({
      member: 'Ana Souza',
      level: 'at_risk',
      note: 'has not been here',
    });
    expect(texts('/crm', 'override level:at_risk weeks:2 Ana gone quiet')).toEqual({
      level: 'at_risk',
      weeks: '2',
      member: 'Ana',
      note: 'gone quiet',
    });
  });

  it('takes loose words for the first text option where nothing is required', () => {
    expect(texts('/help', 'orgs')).toEqual({ topic: 'orgs' });
    expect(texts('/orgs', 'browse reading group type:chapter')).toEqual({ query: 'reading group', type: 'chapter' });
  });

  it('leaves out what was left out', () => {
    expect(understood(parse('/orgs', 'join')).texts).toEqual({});
    expect(understood(parse('/crm', 'override Ana')).texts).toEqual({ member: 'Ana' });
  });

  it('reads back whatever was written as options', () => {
    const value = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() === text);
    const names = fc.uniqueArray(fc.constantFrom('query', 'city', 'type'), { minLength: 1 });
    const escapedBySlack = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    fc.assert(
      fc.property(names, fc.array(value, { minLength: 3, maxLength: 3 }), (given, values) => {
        const wanted = Object.fromEntries(given.map((name, index) => [name, values[index] ?? '']));
        const line = Object.entries(wanted).map(([name, one]) => `${name}:${quoted(one)}`);
        expect(texts('/orgs', `browse ${escapedBySlack(line.join(' '))}`)).toEqual(wanted);
      }),
    );
  });

  it('understands or explains anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const parsed = parse('/orgs', text);
        if (parsed.kind !== 'command') expect(commandProblemView(registry, parsed).blocks.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('what could not be understood', () => {
  const wordsOf = (view: View) => textsOf(view).map(plainText).join('\n');
  const explain = (slash: string, text: string) => {
    const parsed = parse(slash, text);
    if (parsed.kind === 'command') throw new Error('It was understood.');
    return commandProblemView(registry, parsed);
  };
  const buttonsOf = (view: View) =>
    view.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : []));

  it('names the nearest option and shows how it is written', () => {
    const words = wordsOf(explain('/orgs', 'browse tpye:chapter'));
    expect(words).toContain('I don’t know tpye. Did you mean type?');
    expect(words).toContain('/orgs browse [query:text]');
  });

  it('says when an option comes twice, or a command takes none', () => {
    expect(wordsOf(explain('/orgs', 'browse city:Lisbon city:Porto'))).toContain('city: It was given twice');
    expect(wordsOf(explain('/orgs', 'mine city:Lisbon'))).toContain('takes no options');
    expect(wordsOf(explain('/orgs', 'mine now'))).toContain('now: I don’t know where that belongs');
  });

  it('lists the group for an empty subcommand, with buttons for what needs nothing', () => {
    const view = explain('/orgs', '');
    expect(wordsOf(view)).toContain('Find your org. This is what there is:');
    expect(wordsOf(view)).toContain('/orgs join org:BAISH Join an org');
    expect(buttonsOf(view)).toEqual(['/orgs browse', '/orgs mine', 'Help']);
  });

  it('puts the nearest command first for a wrong one', () => {
    const view = explain('/orgs', 'brwose berlin');
    expect(wordsOf(view)).toContain('I don’t know /orgs brwose berlin');
    expect(buttonsOf(view)[0]).toBe('/orgs browse');
    expect(wordsOf(explain('/manage', 'luma'))).toContain('/manage luma status');
  });
});

describe('channels', () => {
  it.each([
    ['by mention', '<#C0123ABC|events>', 'C0123ABC'],
    ['by the mention of one without a name', '<#C0123ABC>', 'C0123ABC'],
    ['as an option', 'channel:<#C0123ABC|events>', 'C0123ABC'],
    ['by name', '#events', '#events'],
    ['by name alone', 'events', 'events'],
  ])('are meant %s', (_how, text, channel) => {
    expect(texts('/manage', `announce ${text}`)).toEqual({ channel });
  });

  it('stay words where no channel is asked for', () => {
    const typed = 'announce channel:<#C1|a> note:<#C2|b>';
    expect(texts('/manage', typed)).toEqual({ channel: 'C1', note: '#b' });
  });
});
