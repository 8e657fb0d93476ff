import type { z } from 'zod';
import type { Identity, Member } from '../domain/members/member.js';
import type { MemberActor } from './actor.js';
import type { View } from './views.js';

/** The words for one kind of delivery, as the registry holds them. */
export interface DeliveryWords {
  /** The kind. */
  name: string;
  /** Makes them, or says that the payload is not one of its own. */
  view(recipient: MemberActor, payload: unknown): Promise<View | undefined> | 'bad-payload';
}

/**
 * Words a kind of delivery. They are made when it is sent, so they tell how things stand then; nothing when the reason
 * no longer holds, such as a request that was answered meanwhile, and then nothing is sent.
 */
export function onDelivery<P extends z.ZodType>(
  kind: string,
  payload: P,
  view: (recipient: MemberActor, payload: z.output<P>) => Promise<View | undefined>,
): DeliveryWords {
  return {
    name: kind,
    view(recipient, given) {
      const parsed = payload.safeParse(given);
      return parsed.success ? view(recipient, parsed.data) : 'bad-payload';
    },
  };
}

/** What is to be sent for a delivery. `unknown` is our own mistake: no module words it, or not this payload. */
export type Worded = { kind: 'view'; view: View } | { kind: 'no-longer' } | { kind: 'unknown' };

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
