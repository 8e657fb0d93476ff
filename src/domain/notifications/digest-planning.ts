import type { DateTime } from 'luxon';
import type { MemberId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { Member } from '../members/member.js';
import type { Repositories } from '../repositories.js';
import type { Choices } from './choices.js';
import { nextDigestAt } from './digest-times.js';

/**
 * When a member's next digest is looked at, after they chose anew: nothing for those who want none or said `stop`. One
 * that is due already stays so, and is looked at by its planner.
 */
export function replannedAt(member: Member, choices: Choices, now: DateTime): DateTime | undefined {
  if (member.stoppedAt || choices.frequency === 'none') return undefined;
  if (choices.nextDigestAt && choices.nextDigestAt <= now) return choices.nextDigestAt;
  return nextDigestAt(choices.frequency, zoneOfMember(member), now);
}

/** Has the next digest follow from who the member is and what they chose. Safe to repeat. */
export async function replanDigest(
  { members, choices }: Pick<Repositories, 'members' | 'choices'>,
  memberId: MemberId,
  now: DateTime,
): Promise<void> {
  const chosen = await choices.get(memberId);
  const next = replannedAt(await members.get(memberId), chosen, now);
  if (next?.toMillis() !== chosen.nextDigestAt?.toMillis()) await choices.save({ ...chosen, nextDigestAt: next });
}
