import type { WireClock } from '../../wire.js';
import { duration, formatTime, type Reader, shortDuration } from '../times.js';
import { ClockIcon } from './icons.js';

/** The product's time on the top bar, and whether it is ahead of this computer's. */
export function ClockFace({ clock, reader }: { clock: WireClock; reader: Reader }) {
  const now = new Date(reader.now).toISOString();
  const isAhead = clock.aheadMs > 60_000;
  return (
    <>
      <ClockIcon />
      <span class="clock-day">{formatTime(now, 'day', reader).replace(/,? \d{4}$/, '')}</span>
      <span class="clock-hour">{formatTime(now, 'hour', reader)}</span>
      {isAhead && (
        <span class="clock-ahead" title={`${duration(clock.aheadMs)} ahead of this computer’s clock`}>
          +{shortDuration(clock.aheadMs)}
        </span>
      )}
    </>
  );
}
