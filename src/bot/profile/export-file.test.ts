import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { HeldPart } from '../../domain/members/personal-data.js';
import { exportFiles } from './export-file.js';

const now = DateTime.fromISO('2026-11-24T23:30:00Z', { zone: 'utc' });
const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const part = (overrides: Partial<HeldPart>): HeldPart => ({ title: 'You', why: 'So.', records: [{}], ...overrides });
const read = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

describe('the file of an export', () => {
  it('is named by the day where the member is, and tells times in their zone', () => {
    const records = [{ Agreed: utc('2026-07-01T12:00:00Z'), Left: undefined, Skills: ['a'], 'Location on': false }];
    const [file, ...more] = exportFiles([part({ records })], { now, zone: 'Europe/Berlin' });
    expect(more).toEqual([]);
    expect(file).toMatchObject({ name: 'rollcall-export-2026-11-25.json', type: 'application/json' });
    expect(read(file?.bytes)).toMatchObject({
      Made: '2026-11-25T00:30:00.000+01:00',
      'Time zone of all times': 'Europe/Berlin',
      Parts: [
        {
          Part: 'You',
          'Why it is kept': 'So.',
          Entries: [{ Agreed: '2026-07-01T14:00:00.000+02:00', Left: null, Skills: ['a'], 'Location on': false }],
        },
      ],
    });
  });

  it('holds texts of every make as they are', () => {
    const text = '"مرحبا" \\ 👩‍🔬 <b>@everyone</b>\n\u2028';
    const [file] = exportFiles([part({ records: [{ Name: text }] })], { now, zone: 'utc' });
    expect(read(file?.bytes).Parts[0].Entries[0].Name).toBe(text);
  });

  it('goes into several files that can each be read alone when one would be too large, and loses nothing', () => {
    const records = Array.from({ length: 100 }, (_, number) => ({ Number: number, Text: 'x'.repeat(100) }));
    const files = exportFiles([part({}), part({ title: 'Answers', records })], { now, zone: 'utc' }, 4_000);
    expect(files.length).toBeGreaterThan(3);
    for (const { bytes } of files) expect(bytes.byteLength).toBeLessThan(5_000);
    expect(files.map(({ name }) => name).slice(0, 2)).toEqual([
      'rollcall-export-2026-11-24-1.json',
      'rollcall-export-2026-11-24-2.json',
    ]);
    const numbers = files.flatMap(({ bytes }) =>
      read(bytes).Parts.flatMap((one: { Part: string; Entries: { Number: number }[] }) =>
        one.Part === 'Answers' ? one.Entries.map((entry) => entry.Number) : [],
      ),
    );
    expect(numbers).toEqual(records.map((record) => record.Number));
  });
});
