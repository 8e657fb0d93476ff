import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { DeliveryId, IdentityId, MemberId, newDeliveryId } from '../../domain/ids.js';
import { ChannelRef } from '../../domain/notifications/channel.js';
import {
  DELIVERY_STATES,
  type DeliveryTarget,
  type DueDelivery,
  type DueTarget,
  type Followed,
  type MirrorAct,
  type PlannedDelivery,
  type PostAct,
} from '../../domain/notifications/delivery.js';
import { SpaceRef } from '../../domain/orgs/rights.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { DeliveriesTable } from '../schema.js';

/** A row with how far the delivery came that it follows up. */
export type DeliveryRow = Selectable<DeliveriesTable> & {
  followed_id: string | null;
  followed_identity_id: string | null;
  followed_state: string | null;
  followed_channel_id: string | null;
  followed_message_id: string | null;
};

const State = z.enum(DELIVERY_STATES);
const Act = z.enum(['post', 'reply', 'edit', 'make', 'change', 'cancel']);

/** The row of a delivery that was just planned. */
export function toRow(delivery: PlannedDelivery): Insertable<DeliveriesTable> {
  const due_at = toInstantText(delivery.dueAt);
  return {
    id: newDeliveryId(),
    dedupe_key: delivery.dedupeKey,
    ...targetColumns(delivery),
    kind: delivery.kind,
    payload: JSON.stringify(delivery.payload),
    due_at,
    state: 'pending',
    attempts: 0,
    next_try_at: due_at,
  };
}

/** The columns of a target, for those that a delivery has not. */
const NOWHERE = {
  member_id: null,
  identity_id: null,
  space_platform: null,
  space_id: null,
  channel_id: null,
  act: null,
  of_key: null,
  edits_key: null,
} satisfies Partial<Insertable<DeliveriesTable>>;

function targetColumns(target: DeliveryTarget) {
  if ('memberId' in target) {
    return {
      ...NOWHERE,
      member_id: target.memberId,
      identity_id: target.identityId ?? null,
      edits_key: target.edits ?? null,
    };
  }
  if ('channel' in target) {
    return { ...NOWHERE, ...spaceColumns(target.channel, target.act), channel_id: target.channel.channelId };
  }
  return { ...NOWHERE, ...spaceColumns(target.scheduledEvent.space, target.scheduledEvent.act) };
}

function spaceColumns({ platform, externalId }: SpaceRef, act: PostAct | MirrorAct) {
  return {
    space_platform: platform,
    space_id: externalId,
    act: act.do,
    of_key: 'of' in act ? act.of : null,
  };
}

/** A delivery as the dispatcher gets it. */
export function toDue(row: DeliveryRow): DueDelivery {
  return {
    id: DeliveryId.parse(row.id),
    dedupeKey: row.dedupe_key,
    kind: row.kind,
    payload: JSON.parse(row.payload),
    dueAt: fromInstantText(row.due_at),
    target: toTarget(row),
    attempts: row.attempts,
    failures: row.failures,
    unsureSince: row.unsure_since ? fromInstantText(row.unsure_since) : undefined,
  };
}

function toTarget(row: DeliveryRow): DueTarget {
  if (row.act === null) {
    const identityId = row.identity_id === null ? undefined : IdentityId.parse(row.identity_id);
    return {
      to: 'member',
      memberId: MemberId.parse(row.member_id),
      identityId,
      edits: row.edits_key ?? undefined,
      followed: toFollowed(row),
    };
  }
  const act = Act.parse(row.act);
  const of = row.of_key ?? '';
  const followed = toFollowed(row);
  const place = { platform: row.space_platform, externalId: row.space_id };
  switch (act) {
    case 'post':
      return { to: 'channel', channel: toChannel(row), act: { do: act }, followed };
    case 'reply':
    case 'edit':
      return { to: 'channel', channel: toChannel(row), act: { do: act, of }, followed };
    case 'make':
      return { to: 'calendar', space: SpaceRef.parse(place), act: { do: act }, followed };
    case 'change':
    case 'cancel':
      return { to: 'calendar', space: SpaceRef.parse(place), act: { do: act, of }, followed };
  }
}

function toChannel(row: DeliveryRow): ChannelRef {
  return ChannelRef.parse({
    platform: row.space_platform,
    externalId: row.space_id,
    channelId: row.channel_id,
  });
}

function toFollowed(row: DeliveryRow): Followed | undefined {
  if (row.followed_id === null) return undefined;
  return {
    id: DeliveryId.parse(row.followed_id),
    state: State.parse(row.followed_state),
    identityId: row.followed_identity_id === null ? undefined : IdentityId.parse(row.followed_identity_id),
    sentChannelId: row.followed_channel_id ?? undefined,
    sentMessageId: row.followed_message_id ?? undefined,
  };
}
