import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrgMapPicture } from '../domain/orgs/org-map.js';
import { createDrawingThread } from './drawing-thread.js';
import { createPictures, type Pictures } from './pictures.js';

const aPicture = (title: string, overrides: Partial<OrgMapPicture['map']> = {}): OrgMapPicture => ({
  map: { region: 'world', cities: [], withoutCity: 0, home: undefined, ...overrides },
  title,
  subtitle: '',
});
const isPng = (bytes: Uint8Array) => Buffer.from(bytes.slice(1, 4)).toString() === 'PNG';

describe('pictures', () => {
  let pictures: Pictures;
  beforeEach(() => {
    pictures = createPictures();
  });
  afterEach(() => pictures.close());

  it('draws one after another, however many ask at once', async () => {
    const drawn = await Promise.all(['One', 'Two', 'Three'].map((title) => pictures.drawOrgMap(aPicture(title))));
    expect(drawn.map(isPng)).toEqual([true, true, true]);
    expect(new Set(drawn.map((png) => Buffer.from(png).toString('base64'))).size).toBe(3);
  });

  it('draws the same picture once', async () => {
    const [one, other] = await Promise.all([pictures.drawOrgMap(aPicture('A')), pictures.drawOrgMap(aPicture('A'))]);
    expect(other).toBe(one);
    expect(await pictures.drawOrgMap(aPicture('A'))).toBe(one);
  });

  it('draws how many stars were given, whatever stands above', async () => {
    const stars = (counts: number[], title: string) => pictures.drawStars({ counts, title, subtitle: '東京 <b>&' });
    const drawn = [
      await stars([0, 0, 0, 0, 0], '</text><script>'),
      await stars([1, 0, 3, 12_000, 7], '4.0 of 5 stars'),
    ];
    expect(drawn.map(isPng)).toEqual([true, true]);
  });

  it('leaves this thread free while it draws', async () => {
    await pictures.drawOrgMap(aPicture('Warm'));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await pictures.drawOrgMap(aPicture('Measured', { region: 'europe' }));
    delay.disable();
    expect(delay.percentile(50) / 1e6).toBeLessThan(50);
  });

  it('tells of a picture that cannot be drawn, and draws the next', async () => {
    // Its name cannot be drawn, and its country has none.
    const city = { name: '東京', country: 'not a code', latitude: 0, longitude: 0, orgs: 1 };
    const impossible = aPicture('No', { cities: [city] });
    await expect(pictures.drawOrgMap(impossible)).rejects.toThrow('could not be drawn');
    expect(isPng(await pictures.drawOrgMap(aPicture('Next')))).toBe(true);
  });

  it('fails what waits when it is closed, and can be used again', async () => {
    const waiting = expect(pictures.drawOrgMap(aPicture('Waiting'))).rejects.toThrow('stopping');
    await pictures.close();
    await waiting;
    expect(isPng(await pictures.drawOrgMap(aPicture('Again')))).toBe(true);
  });
});

describe('the drawing thread', () => {
  it('rests when there is nothing to do, and comes back', async () => {
    const thread = createDrawingThread({ idleMs: 10 });
    expect(isPng(await thread.draw({ kind: 'org-map', picture: aPicture('One') }))).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(isPng(await thread.draw({ kind: 'org-map', picture: aPicture('Two') }))).toBe(true);
    await thread.close();
  });
});
