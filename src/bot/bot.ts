import { randomBytes } from 'node:crypto';
import { DomainError } from '../domain/errors.js';
import type { MemberId } from '../domain/ids.js';
import type { Account } from '../domain/members/account.js';
import type { Identity, Member } from '../domain/members/member.js';
import type { MembersService } from '../domain/members/members-service.js';
import type { ChannelRef } from '../domain/notifications/channel.js';
import type { DeliveryTarget, Settled } from '../domain/notifications/delivery.js';
import type { MirroredEvent } from '../domain/notifications/mirrored-event.js';
import type { Urgency } from '../domain/notifications/unasked.js';
import type { Repositories } from '../domain/repositories.js';
import type { Clock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { decodeAction } from './action-codec.js';
import { type Access, type ActionRef, runCommandAction, runs } from './actions.js';
import { type Actor, isMember, type MemberActor, type Visitor, zoneOf } from './actor.js';
import { agreeAction, agreedReply, consentView } from './consent/consent.js';
import { recipientOf, type Worded, wordedBy } from './deliveries.js';
import { createEmailNotes } from './email-notes.js';
import { errorView, outdatedView, sorryView } from './error-view.js';
import type { FormInstance, RawFields } from './forms.js';
import { createKeptForms, openKeptForm } from './kept-forms.js';
import type { Choice } from './options.js';
import { mergedOptions, missingOptionsForm, OPTIONS_FORM, OptionsPayload } from './options-form.js';
import type { Registry } from './registry.js';
import { type Reply, show } from './reply.js';
import { plainText } from './text.js';
import { usageView } from './usage.js';
import { type Block, message, type View } from './views.js';

/** One thing that a person did, for the log and the metrics: names of definitions only, never what was typed. */
export interface Answered {
  kind: 'command' | 'action' | 'form' | 'message';
  name: string;
  platform: string;
  outcome: 'answered' | 'problem' | 'failed';
  tookMs: number;
}

export type Bot = ReturnType<typeof createBot>;

/**
 * The one way in for every surface: says who is acting, checks the input and the consent, finds the handler, and holds
 * the only error boundary. It answers with a reply and sends nothing.
 */
export function createBot(parts: {
  registry: Registry;
  members: MembersService;
  /** What a person sees for a message that is no command. */
  hear: (actor: Actor, text: string) => Promise<Reply>;
  home: (actor: Actor) => Promise<View>;
  /** What a member is told below the answer to a command, whatever it was; mostly nothing. */
  noticeFor: (actor: MemberActor) => Promise<Block[]>;
  /** Learns the address that a platform vouches for, of somebody who has agreed. */
  noteVouchedEmail: (memberId: MemberId, email: string) => Promise<void>;
  clock: Clock;
  logger: Logger;
  onAnswered?: (answered: Answered) => void;
}) {
  const { registry, members, clock, logger } = parts;
  const keptForms = createKeptForms();
  members.onErased((account) => keptForms.forget(account));
  const noteEmail = createEmailNotes(parts.noteVouchedEmail, logger);

  const identify = async (visitor: Visitor): Promise<Actor> => {
    const known = await members.find(visitor.account);
    if (!known) return { ...visitor, member: undefined, memberId: undefined, identity: undefined };
    await noteEmail(known.member.id, visitor.vouchedEmail);
    const member = await members.withZoneOf(known.member, visitor.zone);
    const { place } = visitor;
    const identity = await members.inTouch(known.identity, place.kind === 'direct' ? place.channelId : undefined);
    return { ...visitor, member, memberId: member.id, identity };
  };

  /** The error boundary: whatever happens inside, a person gets a view. */
  const answering = async (
    visitor: Visitor,
    occasion: Pick<Answered, 'kind' | 'name'>,
    work: (actor: Actor) => Promise<Reply>,
    onProblem?: (problem: DomainError) => Reply | undefined,
  ): Promise<Reply> => {
    const startedMs = performance.now();
    let outcome: Answered['outcome'] = 'answered';
    try {
      const actor = await identify(visitor);
      return await work(actor);
    } catch (error) {
      if (error instanceof DomainError) {
        outcome = 'problem';
        return onProblem?.(error) ?? show(errorView(error.problem));
      }
      outcome = 'failed';
      const reference = randomBytes(4).toString('hex');
      logger.error({ ...occasion, reference, error: errorFacts(error) }, 'a request failed');
      return show(sorryView(reference));
    } finally {
      const tookMs = performance.now() - startedMs;
      parts.onAnswered?.({ ...occasion, platform: visitor.account.platform, outcome, tookMs });
    }
  };

  /** Somebody who has not agreed meets the consent card first; what they were doing goes on after Agree. */
  const mayGoOn = (actor: Actor, access: Access): boolean => access === 'anyone' || isMember(actor);

  const runCommand = async (actor: Actor, name: string, texts: Record<string, string>): Promise<Reply> => {
    const found = registry.findCommand(name);
    if (!found) return show(outdatedView());
    const missing = missingOptionsForm(found, texts);
    if (missing) return { kind: 'form', form: missing };
    if (!mayGoOn(actor, found.access)) return show(consentView(runs(name, texts)));
    const ran = found.run(actor, texts, { now: clock.now, zone: zoneOf(actor) });
    return ran instanceof Promise ? withNotice(actor, await ran) : show(usageView(found, ran));
  };

  /** A notice never keeps an answer from coming; a form leaves it for the next command. */
  const withNotice = async (actor: Actor, reply: Reply): Promise<Reply> => {
    if (!isMember(actor) || reply.kind !== 'show' || reply.audience === 'everyone') return reply;
    try {
      const notice = await parts.noticeFor(actor);
      return notice.length === 0 ? reply : show({ ...reply.view, blocks: [...reply.view.blocks, ...notice] });
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'a notice could not be made');
      return reply;
    }
  };

  const runAction = async (actor: Actor, { action: name, payload }: ActionRef, values: string[]): Promise<Reply> => {
    if (name === runCommandAction.name) {
      const asked = runCommandAction.payload.safeParse(payload);
      return asked.success ? runCommand(actor, asked.data.command, asked.data.options) : show(outdatedView());
    }
    if (name === openKeptForm.name) return openForm(actor, payload);
    if (name === agreeAction.name) return agree(actor, payload);
    const found = registry.findAction(name);
    if (!found) return show(outdatedView());
    if (!mayGoOn(actor, found.access)) return show(consentView({ action: name, payload }));
    const ran = found.run(actor, payload, values);
    return ran === 'bad-payload' ? show(outdatedView()) : ran;
  };

  const openForm = (actor: Actor, payload: unknown): Reply => {
    const asked = openKeptForm.payload.safeParse(payload);
    const form = asked.success ? keptForms.find(actor.account, asked.data.key) : undefined;
    return form ? { kind: 'form', form } : show(formGoneView());
  };

  const agree = async (visitor: Actor, payload: unknown): Promise<Reply> => {
    const asked = agreeAction.payload.safeParse(payload);
    if (!asked.success) return show(outdatedView());
    const directChannelId = visitor.place.kind === 'direct' ? visitor.place.channelId : undefined;
    const { account, displayName, zone, locale } = visitor;
    const known = await members.agree({ account, displayName, zone, locale, directChannelId });
    const actor = { ...visitor, ...known, memberId: known.member.id };
    await noteEmail(actor.memberId, visitor.vouchedEmail);
    const interrupted = asked.data.next;
    const result = interrupted && (await runAction(actor, interrupted, []));
    return agreedReply(actor, result);
  };

  const correct = (visitor: Visitor, form: FormInstance, problems: Record<string, string>): Reply => {
    const lines = form.fields.flatMap(({ name, label }) => (problems[name] ? [`${label}: ${problems[name]}`] : []));
    const words = lines.length > 0 ? lines.join('\n') : Object.values(problems).join('\n');
    const again = keptForms.keep(visitor.account, form);
    const summary: View = {
      tone: 'careful',
      ...message(`Not saved yet. What you typed is kept.\n${words}`, {
        kind: 'buttons',
        buttons: [{ kind: 'action', label: 'Correct it', action: again, style: 'primary' }],
      }),
    };
    return { kind: 'correct', form, problems, summary };
  };

  const submitOptions = (visitor: Visitor, payload: unknown, raw: RawFields): Promise<Reply> => {
    const asked = OptionsPayload.safeParse(payload);
    if (!asked.success) return Promise.resolve(show(outdatedView()));
    const { command, options } = asked.data;
    return answering(visitor, { kind: 'command', name: knownCommand(command) }, (actor) =>
      runCommand(actor, command, mergedOptions(options, raw)),
    );
  };

  const knownCommand = (name: string): string => registry.findCommand(name)?.name ?? 'unknown';

  return {
    registry,

    /** Calls back with each account of a member who was erased, so that a platform forgets them as well. */
    onErased: (forget: (account: Account) => void) => members.onErased(forget),

    /** Somebody ran a command; options come as the texts that were typed or picked. */
    runCommand(visitor: Visitor, name: string, texts: Record<string, string>): Promise<Reply> {
      return answering(visitor, { kind: 'command', name: knownCommand(name) }, (actor) =>
        runCommand(actor, name, texts),
      );
    },

    /** Somebody tapped a button or chose from a select; `id` is the encoded action. */
    press(visitor: Visitor, id: string, values: string[]): Promise<Reply> {
      const ref = decodeAction(id);
      const name = ref && (registry.findAction(ref.action)?.name ?? builtIn(ref.action));
      return answering(visitor, { kind: 'action', name: name ?? 'unknown' }, async (actor) =>
        ref ? runAction(actor, ref, values) : show(outdatedView()),
      );
    },

    /** Somebody sent a form; `id` is the encoded form name and payload. Nothing typed is lost on an error. */
    async submit(visitor: Visitor, id: string, raw: RawFields): Promise<Reply> {
      const ref = decodeAction(id);
      if (ref?.action === OPTIONS_FORM) return submitOptions(visitor, ref.payload, raw);
      const form = ref && registry.findForm(ref.action);
      if (!ref || !form) return show(outdatedView());
      const again = () => form.again(ref.payload, raw);
      return answering(
        visitor,
        { kind: 'form', name: form.name },
        async (actor) => {
          if (!mayGoOn(actor, form.access)) return show(consentView(keptForms.keep(visitor.account, again())));
          const result = form.submit(actor, ref.payload, raw);
          if (result === 'bad-payload') return show(outdatedView());
          return result instanceof Promise ? result : correct(visitor, again(), result);
        },
        ({ problem }) => {
          const field = form.fieldFor[problem.code];
          return field ? correct(visitor, again(), { [field]: plainProblem(problem) }) : undefined;
        },
      );
    },

    /** Offers choices for an option while somebody types; never fails, as nobody could show it. */
    async suggest(visitor: Visitor, asked: { command: string; option: string; text: string }): Promise<Choice[]> {
      const option = registry.findCommand(asked.command)?.options[asked.option];
      if (option?.input.kind !== 'lookup' && option?.input.kind !== 'channel') return [];
      return suggestions(visitor, option.input.suggest, asked.text);
    },

    /** The same for a field of a form that is open; `id` is the encoded form. */
    async suggestField(visitor: Visitor, asked: { id: string; field: string; text: string }): Promise<Choice[]> {
      const ref = decodeAction(asked.id);
      const fromOptions = ref?.action === OPTIONS_FORM ? OptionsPayload.safeParse(ref.payload) : undefined;
      if (fromOptions?.success) {
        return this.suggest(visitor, { command: fromOptions.data.command, option: asked.field, text: asked.text });
      }
      const input = ref && registry.findForm(ref.action)?.fields[asked.field]?.input;
      return input?.kind === 'lookup' ? suggestions(visitor, input.suggest, asked.text) : [];
    },

    /** Somebody wrote to the bot in their conversation with it. */
    hear(visitor: Visitor, text: string): Promise<Reply> {
      return answering(visitor, { kind: 'message', name: 'message' }, (actor) => parts.hear(actor, text));
    },

    /** The member's dashboard, where the platform has a place for one. */
    async home(visitor: Visitor): Promise<View> {
      const reply = await answering(visitor, { kind: 'message', name: 'home' }, async (actor) =>
        show(await parts.home(actor)),
      );
      return reply.kind === 'show' ? reply.view : outdatedView();
    },

    /**
     * The words of a delivery, as they are now, for one account of its recipient.
     *
     * @throws DomainError when what it is about is no longer there; whatever else is thrown is our mistake.
     */
    wordDelivery(
      to: { member: Member; identity: Identity },
      { kind, payload, dedupeKey }: { kind: string; payload: unknown; dedupeKey: string },
    ): Promise<Worded<View>> {
      return wordedBy(registry.findMessage(kind)?.view?.(recipientOf(to.member, to.identity), payload, dedupeKey));
    },

    /** How much a message presses that the member did not ask for; nothing for one that they did. */
    async urgencyOf(
      to: { member: Member; identity: Identity },
      { kind, payload }: { kind: string; payload: unknown },
    ): Promise<Urgency | undefined> {
      const urgency = await registry.findMessage(kind)?.urgency?.(recipientOf(to.member, to.identity), payload);
      return urgency === 'bad-payload' ? undefined : urgency;
    },

    /** The same for a message to a channel. */
    wordPost(channel: ChannelRef, { kind, payload }: { kind: string; payload: unknown }): Promise<Worded<View>> {
      return wordedBy(registry.findMessage(kind)?.post?.(payload, { channel }));
    },

    /** The same for an event in a platform's own calendar. */
    wordEvent({ kind, payload }: { kind: string; payload: unknown }): Promise<Worded<MirroredEvent>> {
      return wordedBy(registry.findMessage(kind)?.event?.(payload));
    },

    /** Lets whoever planned a delivery know how it ended, in the transaction that notes it. */
    async settle(
      repositories: Repositories,
      { kind, payload, dedupeKey }: { kind: string; payload: unknown; dedupeKey: string },
      outcome: Settled,
      target: DeliveryTarget,
    ): Promise<void> {
      await registry.findMessage(kind)?.settled?.(repositories, payload, outcome, target, dedupeKey);
    },

    /**
     * A message with a button that opens the form, for platforms that can open one only in answer to a fresh tap.
     */
    formLaterView(visitor: Visitor, form: FormInstance): View {
      const open = keptForms.keep(visitor.account, form);
      return message(`“${form.title}” is ready.`, {
        kind: 'buttons',
        buttons: [{ kind: 'action', label: 'Open the form', action: open, style: 'primary' }],
      });
    },
  };

  async function suggestions(
    visitor: Visitor,
    suggest: (actor: Actor, text: string) => Promise<Choice[]>,
    text: string,
  ) {
    try {
      return await suggest(await identify(visitor), text.slice(0, 100));
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'suggestions failed');
      return [];
    }
  }
}

function builtIn(name: string): string | undefined {
  return [runCommandAction.name, openKeptForm.name, agreeAction.name].find((known) => known === name);
}

function plainProblem(problem: DomainError['problem']): string {
  const [first] = errorView(problem).blocks;
  return first?.kind === 'text' ? plainText(first.text) : 'Please check this.';
}

function formGoneView(): View {
  return message('That form has been closed for a while, so I no longer have it. Please run the command again.', {
    kind: 'buttons',
    buttons: [{ kind: 'action', label: 'Help', action: runs('help') }],
  });
}
