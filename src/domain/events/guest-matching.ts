import type { MemberId } from '../ids.js';
import type { Guest, GuestMatch } from './guests.js';

/** An address, by its hash, that is known to be a member's: Slack said so, or a guest who came by their link has it. */
export interface VouchedEmail {
  memberId: MemberId;
  emailHash: string;
  by: 'slack' | 'token';
}

/** What guests of one event can be known by. */
export interface Proofs {
  /** Whose link to this very event has the token. */
  memberOfToken: ReadonlyMap<string, MemberId>;
  emails: readonly VouchedEmail[];
}

/**
 * Who each guest of one event is, by their lu.ma guest ids; those who are missing are matched to nobody. An admin's word
 * stands. A token proves its member as long as one guest alone holds it: held by two it proves nothing for either, and
 * their addresses are not asked either, as somebody is passing for somebody there. Whoever has no token of ours is known
 * by their address, if it is one member's alone.
 *
 * @see docs/decisions/0014-guests-and-members.md
 */
export function matchGuests(guests: readonly Guest[], { memberOfToken, emails }: Proofs): Map<string, GuestMatch> {
  const holders = holdersOfTokens(guests);
  const memberOfEmail = membersByEmail(emails);
  const matchOf = ({ match, linkToken, emailHash }: Guest): GuestMatch | undefined => {
    if (match?.by === 'admin') return match;
    const byToken = linkToken === undefined ? undefined : memberOfToken.get(linkToken);
    if (linkToken !== undefined && byToken !== undefined) {
      return holders.get(linkToken)?.size === 1 ? { memberId: byToken, by: 'token' } : undefined;
    }
    const byEmail = emailHash === undefined ? undefined : memberOfEmail.get(emailHash);
    return byEmail && { memberId: byEmail, by: 'email' };
  };
  return new Map(
    guests.flatMap((guest) => {
      const match = matchOf(guest);
      return match ? [[guest.lumaGuestId, match] as const] : [];
    }),
  );
}

/** The lu.ma accounts that hold each token. Somebody who registered twice is one guest. */
function holdersOfTokens(guests: readonly Guest[]): Map<string, Set<string>> {
  const holders = new Map<string, Set<string>>();
  for (const { linkToken, lumaUserId, lumaGuestId } of guests) {
    if (linkToken === undefined) continue;
    const accounts = holders.get(linkToken) ?? new Set();
    holders.set(linkToken, accounts.add(lumaUserId || lumaGuestId));
  }
  return holders;
}

/** Whose each address is, where it is one member's alone. Slack's word goes before what a link taught. */
function membersByEmail(emails: readonly VouchedEmail[]): Map<string, MemberId> {
  const byHash = new Map<string, VouchedEmail[]>();
  for (const email of emails) byHash.set(email.emailHash, [...(byHash.get(email.emailHash) ?? []), email]);
  const found = new Map<string, MemberId>();
  for (const [hash, all] of byHash) {
    const vouched = all.filter(({ by }) => by === 'slack');
    const [only, ...others] = vouched.length > 0 ? vouched : all;
    if (only && others.length === 0) found.set(hash, only.memberId);
  }
  return found;
}
