import type { QuietHours } from './quiet-hours.js';

/** What somebody wrote for their quiet hours, or what is wrong with it. */
export type ReadQuietHours =
  | { kind: 'hours'; hours: QuietHours }
  | { kind: 'off' }
  /** From an hour to itself: nothing could ever be sent. */
  | { kind: 'whole-day' }
  | { kind: 'unreadable' };

const OFF = /^(off|none|no|never)$/;
const HOUR = String.raw`(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|h|uhr)?`;
const SPAN = new RegExp(String.raw`^(?:from\s+)?${HOUR}\s*(?:-|to|until|till)\s*${HOUR}$`);

/** Reads quiet hours as people write them: `22:00-08:00`, `22-8`, `10pm to 8am`, `off`. */
export function readQuietHours(text: string): ReadQuietHours {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[‐-―−]/gu, '-');
  if (OFF.test(words)) return { kind: 'off' };
  const match = SPAN.exec(words);
  const from = match && clockOf(match[1], match[2], match[3]);
  const to = match && clockOf(match[4], match[5], match[6]);
  if (!from || !to) return { kind: 'unreadable' };
  if (from.hour === to.hour && from.minute === to.minute) return { kind: 'whole-day' };
  return { kind: 'hours', hours: { from, to } };
}

/** "22:00-08:00", as `/notify quiet` takes it; `off` for none. */
export function quietHoursText(hours: QuietHours | undefined): string {
  return hours === undefined ? 'off' : `${clockText(hours.from)}-${clockText(hours.to)}`;
}

/** "08:00" on a clock of 24 hours. */
export function clockText({ hour, minute }: QuietHours['from']): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function clockOf(hours = '', minutes = '0', half = ''): QuietHours['from'] | undefined {
  const [written, minute] = [Number(hours), Number(minutes)];
  const isHalfDay = half === 'am' || half === 'pm';
  if (isHalfDay && (written < 1 || written > 12)) return undefined;
  const hour = isHalfDay ? (written % 12) + (half === 'pm' ? 12 : 0) : written;
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  return { hour: hour % 24, minute };
}
