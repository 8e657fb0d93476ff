import type { AnnounceChannel } from '../../domain/announcements/announcement.js';
import type { OrgId } from '../../domain/ids.js';
import type { CalendarCheck, ChannelCheck } from '../../domain/notifications/channel.js';
import type { SpaceRef } from '../../domain/orgs/rights.js';
import { short } from '../short-text.js';
import { spaceKind } from '../spaces/space-words.js';
import { bold, code, type Inline, joined, type RichText, rich } from '../text.js';

const MOST_NAME = 80;

/** What taps about a channel carry. */
export function spaceOfChannel({ orgId, platform, externalId }: AnnounceChannel): { org: OrgId; space: SpaceRef } {
  return { org: orgId, space: { platform, externalId } };
}

/** "#events", for titles. */
export function plainChannelName({ name }: { name: string }): string {
  return `#${short(name, MOST_NAME)}`;
}

/** The same in running text. */
export function channelName(channel: { name: string }): Inline {
  return bold(plainChannelName(channel));
}

/** Why nothing can be posted in a channel, and what to do about it. */
export function channelProblem(
  check: Exclude<ChannelCheck, { kind: 'open' }>,
  { asked, space }: { asked: string; space: SpaceRef },
): RichText {
  switch (check.kind) {
    case 'gone':
      return rich`I can’t find a channel ${bold(short(asked, MOST_NAME))} in this ${spaceKind(space.platform)}. If it is there and private, let me in first${inviteWords(check)}, then choose it again.`;
    case 'unfit':
      return rich`${channelName(check)} takes no posts: it is archived, or no channel for messages. Choose another one.`;
    case 'unknown':
      return rich`I could not look at that channel just now, so nothing was changed. Please try again in a minute.`;
    case 'forbidden':
      return forbiddenWords(check);
  }
}

const inviteWords = ({ invite }: { invite?: string }): RichText =>
  invite === undefined ? rich`` : rich`: type ${code(invite)} in it`;

function forbiddenWords({ name, missing, invite }: Extract<ChannelCheck, { kind: 'forbidden' }>): RichText {
  const where = name === undefined ? rich`that channel` : rich`${channelName({ name })}`;
  if (invite !== undefined)
    return rich`I’m not in ${where} yet. Invite me: type ${code(invite)} there, then choose it again.`;
  return rich`I can’t post in ${where} yet. Missing there for Rollcall: ${missingWords(missing)}. Grant it in the settings of the channel or the app, then choose it again.`;
}

/** Why a space's own calendar is not kept in step. */
export function calendarProblem(check: Exclude<CalendarCheck, { kind: 'open' }>, space: SpaceRef): RichText {
  switch (check.kind) {
    case 'none':
      return rich`A ${spaceKind(space.platform)} has no calendar of its own to keep in step; that works on Discord only. Posts go out all the same.`;
    case 'forbidden':
      return rich`I can’t make events in this ${spaceKind(space.platform)} yet. Missing for Rollcall: ${missingWords(check.missing)}. Grant it to the Rollcall role, then ask for it again.`;
    case 'unknown':
      return rich`I could not see just now whether I may make events in this ${spaceKind(space.platform)}. Please ask for it again in a minute.`;
  }
}

function missingWords(missing: readonly string[]): RichText {
  return joined(missing.map((one) => rich`${bold(one)}`));
}
