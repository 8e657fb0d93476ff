import { useState } from 'preact/hooks';
import type { WireClock, WireMoved } from '../../wire.js';
import { api, wordsOf } from '../api.js';
import { duration, formatTime, inputTime, type Reader, zoneName } from '../times.js';

type Target = Parameters<typeof api.moveClock>[1];

const STEPS: readonly { label: string; step: 'hour' | 'day' | 'morning' | 'week' }[] = [
  { label: '+1 hour', step: 'hour' },
  { label: '+1 day', step: 'day' },
  { label: 'Next 09:00', step: 'morning' },
  { label: '+1 week', step: 'week' },
];

/** Shows the product's time and moves it on, so that what comes later can be seen now. */
export function ClockPanel(props: {
  clock: WireClock;
  reader: Reader;
  as: string;
  onMoved: (moved: WireMoved) => void;
}) {
  const { clock, reader, as, onMoved } = props;
  const [chosen, setChosen] = useState('');
  const [isMoving, setMoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const now = new Date(reader.now).toISOString();

  const move = async (to: Target) => {
    if (isMoving) return;
    setMoving(true);
    setProblem(undefined);
    try {
      onMoved(await api.moveClock(as, to));
      setChosen('');
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setMoving(false);
    }
  };

  return (
    <div class="clock-panel">
      <p class="clock-big">{formatTime(now, 'hour', reader)}</p>
      <p class="clock-date">{formatTime(now, 'day', reader)}</p>
      <dl class="clock-facts">
        <div>
          <dt>Your zone</dt>
          <dd>{zoneName(reader.zone)}</dd>
        </div>
        <div>
          <dt>UTC</dt>
          <dd>{now.slice(0, 16).replace('T', ' ')}</dd>
        </div>
        {clock.aheadMs > 60_000 && (
          <div>
            <dt>Ahead by</dt>
            <dd>{duration(clock.aheadMs)}</dd>
          </div>
        )}
      </dl>
      <div class="clock-steps">
        {STEPS.map(({ label, step }) => (
          <button type="button" key={step} class="button" aria-disabled={isMoving} onClick={() => move({ step })}>
            {label}
          </button>
        ))}
      </div>
      <form
        class="clock-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) void move({ local: chosen });
        }}
      >
        <label for="clock-to">Or go to</label>
        <div class="clock-form-line">
          <input
            id="clock-to"
            type="datetime-local"
            min={inputTime(reader.now, reader)}
            value={chosen}
            onInput={(event) => setChosen(event.currentTarget.value)}
          />
          <button type="submit" class="button primary" aria-disabled={isMoving || chosen === ''}>
            Go
          </button>
        </div>
      </form>
      <div aria-live="polite">
        {isMoving && <MoveProgress clock={clock} />}
        {problem && <p class="problem">{problem}</p>}
      </div>
      <p class="clock-note">
        Moving runs what falls due on the way: reminders, digests, prompts. The clock never goes back; restart Rollcall
        for that.
      </p>
    </div>
  );
}

function MoveProgress({ clock }: { clock: WireClock }) {
  const { moving, now } = clock;
  const [from, to] = moving ? [Date.parse(moving.from), Date.parse(moving.to)] : [0, 1];
  const done = moving ? (Date.parse(now) - from) / Math.max(1, to - from) : undefined;
  return (
    <div class="clock-progress">
      <progress max={1} {...(done === undefined ? {} : { value: done })} aria-label="Moving the clock" />
      <span>Running what falls due on the way…</span>
    </div>
  );
}
