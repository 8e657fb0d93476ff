import type { DateTime } from 'luxon';
import type { Bot } from '../bot/bot.js';
import type { MemberId } from '../domain/ids.js';
import { zoneOfMember } from '../domain/members/location.js';
import type { Identity, Member } from '../domain/members/member.js';
import { type ClaimedDelivery, type DeliveryOutcome, UNREACHABLE } from '../domain/notifications/delivery.js';
import { type MemberDay, MOST_A_DAY, nextDayAt, quietUntil, startOfDay } from '../domain/notifications/unasked.js';
import type { InTransaction } from '../domain/repositories.js';
import type { Clock } from '../shared/clock.js';

/** For how long a platform surely knows a message again that it has already, in minutes; Discord says "a few". */
const KNOWN_AGAIN_MINUTES = 2;

/** What becomes of a delivery that must not be sent now; nothing for one that may. */
export type Gate = (
  delivery: Pick<ClaimedDelivery, 'kind' | 'payload' | 'unsureSince'>,
  to: { member: Member; identity: Identity },
) => Promise<DeliveryOutcome | undefined>;

/**
 * Stands before every message that a member did not ask for, right before it is worded, and goes by what they chose and
 * where they are by then: nothing after `stop`, nothing in quiet hours, nothing beyond the day's budget (product.md
 * section 6). An account known as closed is not tried at all: that waits until its owner writes to the bot, or asks for
 * a message.
 */
export function createGate({
  inTransaction,
  bot,
  clock,
}: {
  inTransaction: InTransaction;
  bot: Pick<Bot, 'urgencyOf'>;
  clock: Clock;
}): Gate {
  const standing = (memberId: MemberId) =>
    inTransaction(
      async ({ members, choices, deliveries }) => {
        const member = await members.get(memberId);
        const day: MemberDay = { zone: zoneOfMember(member), quietHours: (await choices.get(memberId)).quietHours };
        const now = clock.now();
        return { now, member, day, sent: await deliveries.listSentTo(memberId, startOfDay(now, day)) };
      },
      { isReadOnly: true },
    );

  return async (delivery, to) => {
    const urgency = await bot.urgencyOf(to, delivery);
    if (!urgency) return undefined;
    const { now, member, day, sent } = await standing(to.member.id);
    if (member.stoppedAt) return { state: 'cancelled', error: 'stopped' };
    if (to.identity.reach === 'closed' && !delivery.unsureSince) return { state: 'undeliverable', error: UNREACHABLE };
    if (urgency === 'reminder' || mayBeTold(delivery, now)) return undefined;
    const quiet = quietUntil(now, day);
    if (quiet) return { state: 'postponed', until: quiet };
    if (urgency === 'alert' || sent.length < MOST_A_DAY) return undefined;
    const urgencies = await Promise.all(sent.map((one) => bot.urgencyOf(to, one)));
    if (urgencies.filter((one) => one === 'usual').length < MOST_A_DAY) return undefined;
    return { state: 'postponed', until: nextDayAt(now, day) };
  };
}

/** Whether it may be there since a moment ago: then it is seen to at once, as a copy hours later would be a second one. */
function mayBeTold({ unsureSince }: Pick<ClaimedDelivery, 'unsureSince'>, now: DateTime): boolean {
  return unsureSince !== undefined && now.diff(unsureSince).as('minutes') < KNOWN_AGAIN_MINUTES;
}
