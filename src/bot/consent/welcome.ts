import type { Identity } from '../../domain/members/member.js';
import type { MembersService } from '../../domain/members/members-service.js';
import type { View } from '../views.js';
import { type Welcome, welcomeView } from './consent.js';

/** How one person is written to; the composition root connects it to the platforms. */
export type SendDirect = (
  identity: Identity,
  view: View,
  nonce: string,
) => Promise<
  { kind: 'sent'; channelId: string } | { kind: 'unreachable' } | { kind: 'retry-after' | 'retry-later' | 'rejected' }
>;

/**
 * Sends the one welcome. It is tried again at the member's next command until it went out, so nothing is lost when the
 * process stops in between; the nonce, the same each time, keeps Discord from showing it twice.
 */
export function createWelcome({ members, sendDirect }: { members: MembersService; sendDirect: SendDirect }): Welcome {
  const underWay = new Set<string>();
  return async (actor) => {
    const { identity } = actor;
    if (identity.reach === 'closed' || actor.member.stoppedAt || underWay.has(identity.id)) return;
    underWay.add(identity.id);
    try {
      const outcome = await sendDirect(identity, welcomeView(actor), `welcome-${identity.id}`);
      if (outcome.kind === 'sent') {
        await members.noteReach(identity, 'open', outcome.channelId);
        await members.noteWelcomed(identity);
      }
      if (outcome.kind === 'unreachable') await members.noteReach(identity, 'closed', undefined);
    } finally {
      underWay.delete(identity.id);
    }
  };
}
