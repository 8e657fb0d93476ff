import type { z } from 'zod';
import type { Identity, Member } from '../domain/members/member.js';
import type { ChannelRef } from '../domain/notifications/channel.js';
import type {
  CalendarTarget,
  ChannelTarget,
  DeliveryTarget,
  MemberTarget,
  Settled,
} from '../domain/notifications/delivery.js';
import type { MirroredEvent } from '../domain/notifications/mirrored-event.js';
import type { Urgency } from '../domain/notifications/unasked.js';
import type { Repositories } from '../domain/repositories.js';
import type { MemberActor } from './actor.js';
import type { View } from './views.js';

/** What one kind of delivery says, as the registry holds it. */
export interface DeliveryWords {
  /** The kind. */
  name: string;
  /** Makes the words for a member, or says that the payload is not one of its own; likewise the others. */
  view?(recipient: MemberActor, payload: unknown, occasion: string): Promise<View | undefined> | 'bad-payload';
  post?(payload: unknown, to: { channel: ChannelRef }): Promise<View | undefined> | 'bad-payload';
  event?(payload: unknown): Promise<MirroredEvent | undefined> | 'bad-payload';
  /** Of messages that a member did not ask for: how much this one presses. Without it, they did. */
  urgency?(recipient: MemberActor, payload: unknown): Promise<Urgency> | 'bad-payload';
  /** Runs in the transaction that notes the end of a delivery. */
  settled?(
    repositories: Repositories,
    payload: unknown,
    outcome: Settled,
    target: DeliveryTarget,
    occasion: string,
  ): Promise<void>;
}

/** What whoever planned a delivery does once it ended, in the transaction that notes it. It awaits nothing else. */
type OnSettled<P, Target> = (repositories: Repositories, payload: P, outcome: Settled, target: Target) => Promise<void>;

/**
 * Words a kind of delivery. They are made when it is sent, so they tell how things stand then; nothing when the reason
 * no longer holds, such as a request that was answered meanwhile, and then nothing is sent.
 */
export function onDelivery<P extends z.ZodType>(
  kind: string,
  payload: P,
  view: (recipient: MemberActor, payload: z.output<P>) => Promise<View | undefined>,
): DeliveryWords {
  return { name: kind, view: (recipient, given) => withPayload(payload, given, (read) => view(recipient, read)) };
}

/**
 * Words a kind of message to a member that they did not ask for: it waits for their quiet hours to end, counts against
 * the day's budget, and is not sent to whoever said `stop`, whatever was planned (product.md section 6).
 *
 * @param urgency when it may press more than usual, in general or as things stand. What it does to find out, it does at
 * every message, and for those of the day so far as well.
 * @param view and settled: told the occasion, which is the dedupe key of the delivery.
 */
export function onUnasked<P extends z.ZodType>(
  kind: string,
  payload: P,
  {
    urgency = 'usual',
    view,
    settled,
  }: {
    urgency?: Urgency | ((recipient: MemberActor, payload: z.output<P>) => Promise<Urgency>);
    view: (recipient: MemberActor, payload: z.output<P>, occasion: string) => Promise<View | undefined>;
    settled?: (
      repositories: Repositories,
      payload: z.output<P>,
      outcome: Settled,
      target: MemberTarget,
      occasion: string,
    ) => Promise<void>;
  },
): DeliveryWords {
  return {
    name: kind,
    view: (recipient, given, occasion) => withPayload(payload, given, (read) => view(recipient, read, occasion)),
    urgency: (recipient, given) =>
      withPayload(payload, given, async (read) => (typeof urgency === 'string' ? urgency : urgency(recipient, read))),
    ...(settled && {
      async settled(repositories, given, outcome, target, occasion) {
        const parsed = payload.safeParse(given);
        if (parsed.success && 'memberId' in target) {
          await settled(repositories, parsed.data, outcome, target, occasion);
        }
      },
    }),
  };
}

/** Words a kind of message to channels: posts, replies and edits alike. Nothing is sent when there is no view. */
export function onPost<P extends z.ZodType>(
  kind: string,
  payload: P,
  {
    view,
    settled,
  }: {
    view: (payload: z.output<P>, to: { channel: ChannelRef }) => Promise<View | undefined>;
    settled?: OnSettled<z.output<P>, ChannelTarget>;
  },
): DeliveryWords {
  return {
    name: kind,
    post: (given, to) => withPayload(payload, given, (read) => view(read, to)),
    ...(settled && {
      async settled(repositories, given, outcome, target) {
        const parsed = payload.safeParse(given);
        if (parsed.success && 'channel' in target) await settled(repositories, parsed.data, outcome, target);
      },
    }),
  };
}

/** Says what an event looks like in a platform's own calendar. One that is to be taken down needs no words. */
export function onMirror<P extends z.ZodType>(
  kind: string,
  payload: P,
  {
    event,
    settled,
  }: {
    event: (payload: z.output<P>) => Promise<MirroredEvent | undefined>;
    settled?: OnSettled<z.output<P>, CalendarTarget>;
  },
): DeliveryWords {
  return {
    name: kind,
    event: (given) => withPayload(payload, given, event),
    ...(settled && {
      async settled(repositories, given, outcome, target) {
        const parsed = payload.safeParse(given);
        if (parsed.success && 'scheduledEvent' in target) await settled(repositories, parsed.data, outcome, target);
      },
    }),
  };
}

function withPayload<P extends z.ZodType, Result>(
  payload: P,
  given: unknown,
  work: (read: z.output<P>) => Promise<Result>,
): Promise<Result> | 'bad-payload' {
  const parsed = payload.safeParse(given);
  return parsed.success ? work(parsed.data) : 'bad-payload';
}

/** What is to be sent for a delivery. `unknown` is our own mistake: no module words it, or not this payload. */
export type Worded<Words> = { kind: 'words'; words: Words } | { kind: 'no-longer' } | { kind: 'unknown' };

/** Waits for what a module said. */
export async function wordedBy<Words>(
  said: Promise<Words | undefined> | 'bad-payload' | undefined,
): Promise<Worded<Words>> {
  if (said === undefined || said === 'bad-payload') return { kind: 'unknown' };
  const words = await said;
  return words ? { kind: 'words', words } : { kind: 'no-longer' };
}

/** A member as the reader of a message in their own conversation with the bot. */
export function recipientOf(member: Member, identity: Identity): MemberActor {
  return {
    account: identity.account,
    displayName: member.profile.name,
    locale: member.locale,
    zone: member.zone,
    place: { kind: 'direct', channelId: identity.directChannelId },
    managesSpace: false,
    memberId: member.id,
    member,
    identity,
  };
}
