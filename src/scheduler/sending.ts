import type { Bot } from '../bot/bot.js';
import type { Worded } from '../bot/deliveries.js';
import type { Identity, Member } from '../domain/members/member.js';
import {
  type ClaimedDelivery,
  type DeliveryOutcome,
  type DeliveryTarget,
  type DueDelivery,
  type DueTarget,
  type Followed,
  nonceOf,
  pickIdentity,
} from '../domain/notifications/delivery.js';
import type { Repositories } from '../domain/repositories.js';
import type { Channels, Delivered, Held, Platform, ScheduledEvents } from '../platforms/platform.js';
import type { Clock } from '../shared/clock.js';
import { later, outcomeOf } from './delivery-outcome.js';
import type { Gate } from './gate.js';

/** The parts of a platform that sending uses. */
export interface SendingPlatform extends Pick<Platform, 'name' | 'pacing' | 'sendDirect' | 'editDirect'> {
  channels?: Pick<Channels, 'post' | 'edit'>;
  scheduledEvents?: Pick<ScheduledEvents, 'save' | 'cancel'>;
}

type ChannelAddress = Extract<DueTarget, { to: 'channel' }>;
type CalendarAddress = Extract<DueTarget, { to: 'calendar' }>;

interface MemberAddress {
  to: 'member';
  member: Member;
  /** The account that it goes to; nothing while none is on a running platform. */
  identity: Identity | undefined;
  /** All that are. */
  reachable: Identity[];
  /** The dedupe key of the message that is changed, instead of a new one being sent. */
  edits: string | undefined;
  followed: Followed | undefined;
}

/** Whom a delivery goes to, as things stand. */
export type Address = MemberAddress | ChannelAddress | CalendarAddress;

/** A claimed delivery with whom it goes to. */
export interface Addressed {
  delivery: ClaimedDelivery;
  address: Address;
}

/** What a delivery came to without having been sent. */
type NotSent = { outcome: DeliveryOutcome };

/** Finds out whom claimed deliveries go to, and sends them. */
export function createSending(parts: {
  bot: Pick<Bot, 'wordDelivery' | 'wordPost' | 'wordEvent'>;
  /** What becomes of a message that must not be sent now. */
  gate: Gate;
  platforms: readonly SendingPlatform[];
  clock: Clock;
  random: () => number;
}) {
  const { bot, gate, platforms, clock, random } = parts;
  const find = (name: Platform['name']) => platforms.find((platform) => platform.name === name);
  const around = () => ({ now: clock.now(), random: random() });

  const noPlatform = (delivery: ClaimedDelivery): NotSent => ({
    outcome: later(delivery, around(), { error: 'no-platform', mayBeThere: false }),
  });

  const sendToMember = async (delivery: ClaimedDelivery, address: MemberAddress) => {
    const { member, identity } = address;
    const platform = identity && find(identity.account.platform);
    if (!identity || !platform) return noPlatform(delivery);
    if (address.edits !== undefined) return editOfMember(delivery, address, identity, platform);
    const outcome = await gate(delivery, { member, identity });
    if (outcome) return { outcome };
    const worded = wordsOf(await bot.wordDelivery({ member, identity }, delivery));
    if ('outcome' in worded) return worded;
    return platform.sendDirect(identity, worded.words, nonceOf(delivery.id), triedMsAgo(delivery, clock));
  };

  /** Whoever cannot be written to any more keeps what they have: no other account has that message. */
  const editOfMember = async (
    delivery: ClaimedDelivery,
    { member, followed }: MemberAddress,
    identity: Identity,
    platform: SendingPlatform,
  ) => {
    const first = firstOf(followed);
    if (!first || followed?.identityId !== identity.id) return followsNothing();
    const worded = wordsOf(await bot.wordDelivery({ member, identity }, delivery));
    if ('outcome' in worded) return worded;
    const edited = await platform.editDirect({ account: identity.account, ...first }, worded.words);
    return edited.kind === 'unreachable' ? rejected('message-lost') : edited;
  };

  const sendToChannel = async (delivery: ClaimedDelivery, { channel, act, followed }: ChannelAddress) => {
    const platform = find(channel.platform);
    if (!platform) return noPlatform(delivery);
    if (!platform.channels) return rejected('no-channels');
    const first = firstOf(followed);
    if (act.do !== 'post' && !first) return followsNothing();
    const worded = wordsOf(await bot.wordPost(channel, delivery));
    if ('outcome' in worded) return worded;
    const place = first ? { ...channel, channelId: first.channelId } : channel;
    if (act.do === 'edit' && first) {
      return platform.channels.edit({ channel: place, messageId: first.messageId }, worded.words);
    }
    const to = { channel: place, under: first?.messageId };
    return platform.channels.post(to, worded.words, nonceOf(delivery.id), triedMsAgo(delivery, clock));
  };

  const sendToCalendar = async (delivery: ClaimedDelivery, { space, act, followed }: CalendarAddress) => {
    const platform = find(space.platform);
    if (!platform) return noPlatform(delivery);
    if (!platform.scheduledEvents) return rejected('no-calendar');
    const first = firstOf(followed);
    if (act.do !== 'make' && !first) return followsNothing();
    if (act.do === 'cancel' && first) return platform.scheduledEvents.cancel(space, first.messageId);
    const worded = wordsOf(await bot.wordEvent(delivery));
    if ('outcome' in worded) return worded;
    // The mark of the event made stays in it for good.
    const mark = nonceOf(followed?.id ?? delivery.id);
    return platform.scheduledEvents.save(space, worded.words, mark, first?.messageId);
  };

  const handOver = ({ delivery, address }: Addressed): Promise<Delivered | NotSent> => {
    switch (address.to) {
      case 'member':
        return sendToMember(delivery, address);
      case 'channel':
        return sendToChannel(delivery, address);
      case 'calendar':
        return sendToCalendar(delivery, address);
    }
  };

  return {
    /** Whom a delivery goes to, as things stand. */
    async address({ target, unsureSince }: DueDelivery, { members }: Pick<Repositories, 'members'>): Promise<Address> {
      if (target.to !== 'member') return target;
      const member = await members.get(target.memberId);
      const { edits, followed } = target;
      const reachable = (await members.listIdentities(member.id)).filter(({ account }) => find(account.platform));
      const identity =
        edits === undefined
          ? pickIdentity({ identityId: target.identityId, unsureSince }, reachable)
          : reachable.find(({ id }) => id === followed?.identityId);
      return { to: 'member', member, identity, reachable, edits, followed };
    },

    /** Makes the words, sends them, and says what came of it, and what else has to wait. @throws as the words do. */
    async send(addressed: Addressed): Promise<{ outcome: DeliveryOutcome; holds?: Held }> {
      const handed = await handOver(addressed);
      if ('outcome' in handed) return handed;
      const outcome = outcomeOf(handed, addressed.delivery, {
        ...around(),
        hasOtherAccount: hasOtherAccount(addressed),
      });
      return handed.kind === 'retry-after' && handed.holds ? { outcome, holds: handed.holds } : { outcome };
    },
  };
}

/** The target as it was planned. */
export function plannedTarget(target: DueTarget): DeliveryTarget {
  switch (target.to) {
    case 'member':
      return { memberId: target.memberId, ...(target.edits === undefined ? {} : { edits: target.edits }) };
    case 'channel':
      return { channel: target.channel, act: target.act };
    case 'calendar':
      return { scheduledEvent: { space: target.space, act: target.act } };
  }
}

/** The message that is followed up; nothing if it never came to be. */
function firstOf(followed: Followed | undefined): { channelId: string; messageId: string } | undefined {
  const { sentChannelId: channelId, sentMessageId: messageId } = followed ?? {};
  return channelId === undefined || messageId === undefined ? undefined : { channelId, messageId };
}

function wordsOf<Words>(worded: Worded<Words>): { words: Words } | NotSent {
  if (worded.kind === 'words') return worded;
  return worded.kind === 'unknown' ? rejected('no-words') : { outcome: { state: 'cancelled', error: undefined } };
}

function rejected(error: string): NotSent {
  return { outcome: { state: 'rejected', error } };
}

function followsNothing(): NotSent {
  return { outcome: { state: 'cancelled', error: 'follows-nothing' } };
}

function triedMsAgo({ unsureSince }: ClaimedDelivery, clock: Clock): number | undefined {
  return unsureSince && clock.now().diff(unsureSince).toMillis();
}

function hasOtherAccount({ address }: Addressed): boolean {
  if (address.to !== 'member') return false;
  return address.reachable.some(({ id, reach }) => id !== address.identity?.id && reach !== 'closed');
}

/** What tells one conversation or channel from another. */
export function conversationOf(address: Address): string {
  switch (address.to) {
    case 'member':
      return address.identity?.id ?? address.member.id;
    case 'channel':
      return JSON.stringify(address.channel);
    case 'calendar':
      return JSON.stringify(address.space);
  }
}
