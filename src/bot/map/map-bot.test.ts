import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, startBot, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aCity, anOrg } from '../../../tests/builders/orgs.js';
import type { Org } from '../../domain/orgs/org.js';
import type { City } from '../../domain/places/city.js';
import { createPictures } from '../../pictures/pictures.js';
import { encodeAction } from '../action-codec.js';
import type { Reply } from '../reply.js';
import { mapRegion } from './map-actions.js';

const ana = aVisitor();
const berlin = aCity({ name: 'Berlin', region: '', country: 'DE', latitude: 52.52, longitude: 13.4 });
const hamburg = aCity({ name: 'Hamburg', region: '', country: 'DE', latitude: 53.55, longitude: 10 });
const nairobi = aCity({ name: 'Nairobi', region: '', country: 'KE', latitude: -1.29, longitude: 36.82 });

const pictures = createPictures();

describe('/orgs map', () => {
  let rollcall: Awaited<ReturnType<typeof startBot>>;
  beforeEach(async () => {
    rollcall = await startBot({ pictures });
  });
  afterEach(() => rollcall.stop());
  afterAll(() => pictures.close());

  const keep = (...orgs: Partial<Org>[]) =>
    rollcall.inTransaction(async (repositories) => {
      for (const org of orgs) await repositories.orgs.add(anOrg(org));
    });
  const map = () => rollcall.bot.runCommand(ana, 'orgs map', {});
  const choose = (...values: string[]) => rollcall.bot.press(ana, encodeAction(mapRegion.with({})), values);
  const livesIn = async (city: City, isLocationDiscoverable: boolean) => {
    const member = aMember({ city, privacy: { ...aMember().privacy, isLocationDiscoverable } });
    await rollcall.inTransaction(async ({ members }) => {
      await members.add(member);
      await members.addIdentity(anIdentity(member.id, { account: ana.account }));
    });
  };

  it('shows a picture, and the same numbers in words, to anyone', async () => {
    await keep({ city: berlin }, { city: berlin }, { city: nairobi }, { city: undefined, isGlobal: true });
    const reply = await map();
    const image = imageOf(reply);
    expect([...image.bytes.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(image.alt).toBe(
      '3 orgs in 2 cities. Worldwide, across 2 countries, and 1 more online. Berlin, Germany: 2 · Nairobi, Kenya: 1.',
    );
    expect(wordsOf(reply)).toContain('3 orgs in 2 cities');
  });

  it('leaves out what is hidden or not listed', async () => {
    await keep({ city: berlin }, { city: nairobi, isListed: false }, { city: nairobi, isHidden: true });
    expect(imageOf(await map()).alt).toContain('1 org in 1 city');
  });

  it('turns to the region that is chosen, and counts only what is there', async () => {
    await keep({ city: berlin }, { city: nairobi });
    expect(imageOf(await choose('africa'))).toMatchObject({
      name: 'orgs-africa.png',
      alt: '1 org in 1 city. In Africa, across 1 country. Nairobi, Kenya: 1.',
    });
    expect(imageOf(await choose('oceania')).alt).toBe('No orgs in Oceania yet. The first one puts a dot here.');
  });

  it('shows the world for a choice that it does not know, or for none', async () => {
    await keep({ city: berlin });
    for (const values of [['atlantis'], [], ['near']]) {
      expect(imageOf(await choose(...values)).name).toBe('orgs-world.png');
    }
  });

  it('knows nothing of where a member lives until they make it discoverable', async () => {
    await keep({ city: berlin });
    await livesIn(hamburg, false);
    const hidden = await map();
    expect(wordsOf(hidden)).not.toContain('Hamburg');
    expect(regionsOf(hidden)).not.toContain('near');
    expect(imageOf(await choose('near')).name).toBe('orgs-world.png');
  });

  it('shows what is around a member who made their city discoverable', async () => {
    await keep({ city: berlin }, { city: nairobi });
    await livesIn(hamburg, true);
    const shown = await map();
    expect(regionsOf(shown)).toContain('near');
    expect(wordsOf(shown)).toContain('around Hamburg');
    expect(imageOf(await choose('near')).alt).toBe(
      '1 org in 1 city. Around Hamburg, across 1 country. Berlin, Germany: 1.',
    );
  });
});

function imageOf(reply: Reply) {
  const block = viewOf(reply).blocks.find(({ kind }) => kind === 'image');
  if (block?.kind !== 'image') throw new Error('No picture came.');
  return block.image;
}

function regionsOf(reply: Reply): string[] {
  return viewOf(reply).blocks.flatMap((block) =>
    block.kind === 'select' ? block.options.map(({ value }) => value) : [],
  );
}
