import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchAttendance } from './attendance.js';
import { benchBrowse } from './browse.js';
import { benchCities } from './cities.js';
import { benchCrash } from './crash.js';
import { benchDigest } from './digest.js';
import { benchDiscord } from './discord.js';
import { benchDispatcher } from './dispatcher.js';
import { benchMap } from './map.js';
import { type Row, tableOf } from './measure.js';
import { benchNearby } from './nearby.js';
import { benchReminders } from './reminders.js';
import { benchSearch } from './search.js';
import { benchSlack } from './slack.js';
import { benchStartUp } from './start-up.js';
import { benchSync } from './sync.js';

/** `npm run bench`: prints each benchmark's table; `npm run bench -- NAME …` runs only those. */
const BENCHMARKS: Record<string, (folder: string) => Promise<Row[]>> = {
  discord: benchDiscord,
  slack: benchSlack,
  browse: benchBrowse,
  nearby: benchNearby,
  search: benchSearch,
  cities: benchCities,
  map: benchMap,
  sync: benchSync,
  digest: benchDigest,
  dispatcher: benchDispatcher,
  crash: benchCrash,
  reminders: benchReminders,
  attendance: benchAttendance,
  'start-up': benchStartUp,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}\n`);
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  try {
    console.log(`${tableOf(await run(folder))}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(0);
