import type { WirePersona } from '../../wire.js';
import { Avatar } from './avatar.js';
import { CheckIcon } from './icons.js';
import { roveVertically, Unread } from './sidebar.js';

/** The people one can act as. */
export function PersonaPanel(props: {
  personas: readonly WirePersona[];
  me: WirePersona;
  unread: Record<string, number>;
  choose: (key: string) => void;
}) {
  const { personas, me, unread, choose } = props;
  return (
    <div class="persona-panel">
      <h2>Act as…</h2>
      <p class="persona-about">All of them are invented. What you do happens as the one you pick.</p>
      <div role="radiogroup" aria-label="Act as" onKeyDown={roveVertically} tabIndex={-1}>
        {personas.map(({ key, name, role, blurb }) => (
          // biome-ignore lint/a11y/useSemanticElements: each is a whole card to press, which a radio input cannot be
          <button
            type="button"
            key={key}
            role="radio"
            aria-checked={key === me.key}
            class="persona-card"
            onClick={() => choose(key)}
          >
            <Avatar id={key} name={name} />
            <span class="persona-card-words">
              <span class="persona-card-head">
                <span class="persona-card-name">{name}</span>
                <span class="persona-card-role">{role}</span>
              </span>
              <span class="persona-card-blurb">{blurb}</span>
            </span>
            <span class="persona-card-end">
              {key === me.key ? <CheckIcon /> : (unread[key] ?? 0) > 0 && <Unread count={unread[key] ?? 0} />}
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
