import { customAlphabet } from 'nanoid';
import { z } from 'zod';
import { orderedId } from '../shared/ordered-id.js';

/** 80 random bits in 16 characters that fit into a button and survive being read aloud: no i, l, o or u. */
export const randomId = customAlphabet('0123456789abcdefghjkmnpqrstvwxyz', 16);

/** Tells people apart. */
export const MemberId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'MemberId'>();
export type MemberId = z.infer<typeof MemberId>;

/** Tells organisations apart. */
export const OrgId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'OrgId'>();
export type OrgId = z.infer<typeof OrgId>;

/** Tells accounts on platforms apart. */
export const IdentityId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'IdentityId'>();
export type IdentityId = z.infer<typeof IdentityId>;

/** Tells joined accounts apart: one link of two members. */
export const LinkId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'LinkId'>();
export type LinkId = z.infer<typeof LinkId>;

/** Tells deliveries apart. */
export const DeliveryId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof DeliveryId>;

/** Tells mailings apart. */
export const MailingId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'MailingId'>();
export type MailingId = z.infer<typeof MailingId>;

/** Tells requests to join apart. */
export const RequestId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;

/** Tells invites apart. */
export const InviteId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'InviteId'>();
export type InviteId = z.infer<typeof InviteId>;

/** Tells events apart. */
export const EventId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

/** Tells the calendars apart that events come from. */
export const SourceId = z
  .string()
  .regex(/^[0-9a-z]{16}$/)
  .brand<'SourceId'>();
export type SourceId = z.infer<typeof SourceId>;

export const newMemberId = (): MemberId => MemberId.parse(randomId());
export const newOrgId = (): OrgId => OrgId.parse(randomId());
export const newIdentityId = (): IdentityId => IdentityId.parse(randomId());
export const newLinkId = (): LinkId => LinkId.parse(randomId());
/** In the order of planning, so that what is due at one moment goes out as it was planned. */
export const newDeliveryId = (): DeliveryId => DeliveryId.parse(orderedId());
/** In the order of planning, as deliveries are. */
export const newMailingId = (): MailingId => MailingId.parse(orderedId());
export const newRequestId = (): RequestId => RequestId.parse(randomId());
export const newInviteId = (): InviteId => InviteId.parse(randomId());
export const newEventId = (): EventId => EventId.parse(randomId());
export const newSourceId = (): SourceId => SourceId.parse(randomId());
