import { DateTime } from 'luxon';
import type { HeldPart, HeldValue } from '../../domain/members/personal-data.js';
import type { AttachedFile } from '../views.js';

/** Room for one file, in bytes: Discord takes 10 MiB each and 25 MiB a message, Slack more. */
const MOST_BYTES = 8 * 1024 * 1024;

/** How the file reads: what it is, then part by part what it holds and why. */
interface ExportFile {
  'What this is': string;
  Made: string;
  'Time zone of all times': string;
  Parts: { Part: string; 'Why it is kept': string; Entries: Record<string, unknown>[] }[];
}

/**
 * All that is held about a member as a JSON file for them to read: in words, with times in their zone. What is too much
 * for one file goes into several, each of which can be read alone.
 *
 * @param most bytes of one file; for tests.
 */
export function exportFiles(
  parts: readonly HeldPart[],
  { now, zone }: { now: DateTime; zone: string },
  most = MOST_BYTES,
): AttachedFile[] {
  const here = now.setZone(zone);
  const contents = inPieces(
    parts.map((part) => toExported(part, zone)),
    most,
  ).map(
    (pieces): ExportFile => ({
      'What this is':
        'Everything Rollcall holds about you. You can change it with /profile edit and /profile privacy, and erase all of it with /profile delete.',
      Made: here.toISO() ?? '',
      'Time zone of all times': zone,
      Parts: pieces,
    }),
  );
  return contents.map((content, index) => ({
    name: `rollcall-export-${here.toFormat('yyyy-MM-dd')}${contents.length > 1 ? `-${index + 1}` : ''}.json`,
    type: 'application/json',
    bytes: new TextEncoder().encode(`${JSON.stringify(content, undefined, 2)}\n`),
  }));
}

type Exported = ExportFile['Parts'][number];

function toExported({ title, why, records }: HeldPart, zone: string): Exported {
  const entries = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toJson(value, zone)])),
  );
  return { Part: title, 'Why it is kept': why, Entries: entries };
}

/** What was never told reads as null, so that one sees that there is a place for it. */
function toJson(value: HeldValue | unknown, zone: string): unknown {
  if (value === undefined) return null;
  if (DateTime.isDateTime(value)) return value.setZone(zone).toISO();
  if (Array.isArray(value)) return value.map((one) => toJson(one, zone));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJson(one, zone)]));
}

/** The parts in as few files as hold them; a part that is too long goes on in the next. */
function inPieces(parts: readonly Exported[], most: number): Exported[][] {
  const files: Exported[][] = [[]];
  let bytes = 0;
  for (const part of parts) {
    for (const entry of part.Entries) {
      const size = Buffer.byteLength(JSON.stringify(entry, undefined, 2)) * 2;
      if (bytes > 0 && bytes + size > most) {
        files.push([]);
        bytes = 0;
      }
      bytes += size;
      const file = files.at(-1) ?? [];
      const begun = file.at(-1);
      if (begun?.Part === part.Part) begun.Entries.push(entry);
      else file.push({ ...part, Entries: [entry] });
    }
  }
  return files;
}
