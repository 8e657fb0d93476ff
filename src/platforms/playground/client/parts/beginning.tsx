import type { WirePersona, WireServer } from '../../wire.js';
import type { FirstStep } from '../first-steps.js';
import { useSurface } from '../surface.js';
import { BotAvatar } from './avatar.js';
import { ChatIcon, CloseIcon, HashIcon, SlashIcon } from './icons.js';

/** What stands above the first message: where this is, who one is, and what to try. */
export function Beginning(props: {
  me: WirePersona;
  server: WireServer | undefined;
  channel: { name: string; topic: string } | undefined;
  steps: readonly FirstStep[];
  say: (text: string) => void;
}) {
  const { me, server, channel, steps, say } = props;
  const { runCommand } = useSurface();
  return (
    <section class="beginning">
      {channel ? (
        <span class="beginning-icon">
          <HashIcon />
        </span>
      ) : (
        <BotAvatar size="large" />
      )}
      <h2 dir="auto">{channel ? `Welcome to #${channel.name}` : 'Rollcall'}</h2>
      <p dir="auto">
        {channel
          ? `${channel.topic}. This is the beginning of the channel in ${server?.name}.`
          : 'Your conversation with the bot. It reads what you write here, and here only; what it sends you arrives here too.'}
      </p>
      {steps.length > 0 && (
        <div class="steps">
          <p class="steps-about">
            You are <strong>{me.name}</strong>, {me.role}. <span>Good things to try:</span>
          </p>
          <ul>
            {steps.map((step) => (
              <li key={step.title}>
                <button
                  type="button"
                  class="step"
                  onClick={() => (step.kind === 'command' ? runCommand(step.name, {}) : say(step.text))}
                >
                  <span class="step-icon">{step.kind === 'command' ? <SlashIcon /> : <ChatIcon />}</span>
                  <span class="step-words">
                    <span class="step-title">{step.title}</span>
                    <span class="step-text">{step.kind === 'command' ? `/${step.name}` : `“${step.text}”`}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p class="steps-hint">
            Or type <kbd>/</kbd> below to see every command.
          </p>
        </div>
      )}
    </section>
  );
}

/** What this page is, for whoever opens it for the first time. */
export function WelcomeStrip({ dismiss }: { dismiss: () => void }) {
  return (
    <aside class="strip" aria-label="About this page">
      <p>
        <strong>Rollcall’s playground:</strong> a local demo with invented people. Act as any of them, move the clock;
        nothing leaves this computer.
      </p>
      <button type="button" class="icon-button" aria-label="Got it, hide this" title="Got it" onClick={dismiss}>
        <CloseIcon />
      </button>
    </aside>
  );
}
