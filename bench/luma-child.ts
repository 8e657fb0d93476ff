import { DateTime } from 'luxon';
import { startFakeLuma } from '../tests/fakes/luma/fake-luma.js';

/** What this process tells whoever started it: where its lu.ma is, and a key for each calendar. */
export interface LumaReady {
  apiUrl: string;
  icsUrl: string;
  keys: string[];
}

/** A lu.ma in a process of its own: so many calendars, so many events in each, so many hours apart: half of them past. */
const [calendars = 1, events = 5_000, hoursBetween = 24] = process.argv.slice(2).map(Number);
const luma = await startFakeLuma({ pageSize: 100, perMinute: Number.POSITIVE_INFINITY });
const now = DateTime.utc().startOf('hour');
const keys = Array.from({ length: calendars }, (_, calendarIndex) => {
  const calendar = luma.addCalendar({ name: `Calendar ${calendarIndex}` });
  for (let index = 0; index < events; index += 1) {
    calendar.addEvent({
      name: `Reading ${index}: what we owe to those who come after`,
      description: `Number ${index}. `.concat(
        'We meet, read a chapter aloud, and talk about it until the tea is gone. '.repeat(8),
      ),
      startAt: now.plus({ hours: hoursBetween * (index - Math.floor(events / 2)) + 1 }),
      tags: ['Reading group'],
    });
  }
  return calendar.apiKey ?? '';
});
// The benchmark asks again and again; nobody reads what was asked.
setInterval(() => luma.requests.splice(0), 1_000).unref();
const ready: LumaReady = { apiUrl: luma.apiUrl, icsUrl: luma.icsUrl, keys };
process.send?.(ready);
process.once('disconnect', () => process.exit(0));
