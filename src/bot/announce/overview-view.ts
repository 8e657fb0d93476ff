import type { AnnouncedSpace } from '../../domain/announcements/announce-service.js';
import { type AnnounceChannel, isSameSpace } from '../../domain/announcements/announcement.js';
import type { OrgId } from '../../domain/ids.js';
import type { Org } from '../../domain/orgs/org.js';
import type { SpaceRef } from '../../domain/orgs/rights.js';
import { runs } from '../actions.js';
import { showSettings } from '../manage/manage-actions.js';
import { short } from '../short-text.js';
import { spaceKind } from '../spaces/space-words.js';
import { commandName, italic, type RichText, rich, type TextInput, time } from '../text.js';
import { type Block, type Button, button, buttons, type ListItem, list, note, paragraph, type View } from '../views.js';
import { announceOff, announceOn, askToEndMirror, beginMirror, chooseChannel } from './announce-actions.js';
import { channelName, channelProblem, spaceOfChannel } from './channel-words.js';

/** Every space of an org with where its events are announced. */
export function overviewView({ org, spaces }: { org: Org; spaces: readonly AnnouncedSpace[] }, here?: SpaceRef): View {
  return {
    title: rich`Announcements of ${org.name}`,
    blocks: [
      ...(spaces.length === 0
        ? [
            paragraph(
              rich`No server or workspace is connected, so there is no channel to post in. ${commandName('manage connect')} connects one.`,
            ),
          ]
        : [
            paragraph('New events are posted in one channel of each place.'),
            list(spaces.map((one) => spaceItem(org, one, spaceName(one.space, spaces, here)))),
          ]),
      ...mirrorRows(spaces),
      buttons(
        ...changeButton(org, spaces, here),
        button('Calendars', runs('manage luma status', { org: org.slug })),
        button('Settings', showSettings.with({ org: org.id })),
      ),
      note('Seen by admins only.'),
    ],
  };
}

/** Another channel for the space that one is in, or for the only one. */
function changeButton(org: Org, spaces: readonly AnnouncedSpace[], here: SpaceRef | undefined): Button[] {
  const [only, ...others] = spaces;
  const meant =
    spaces.find(({ space }) => here && isSameSpace(space, here)) ?? (others.length === 0 ? only : undefined);
  return meant?.channel ? [button('Change channel', chooseChannel.with({ org: org.id, space: meant.space }))] : [];
}

/** "This Discord server", "Slack workspace", "Discord server 2": spaces bear no name of their own here. */
function spaceName(space: SpaceRef, spaces: readonly AnnouncedSpace[], here: SpaceRef | undefined): string {
  const kind = spaceKind(space.platform);
  if (here && isSameSpace(space, here)) return `This ${kind}`;
  const alike = spaces.filter((one) => one.space.platform === space.platform);
  const place = alike.findIndex((one) => isSameSpace(one.space, space)) + 1;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${alike.length > 1 ? ` ${place}` : ''}`;
}

function spaceItem(org: Org, { space, channel, check, lastPostAt }: AnnouncedSpace, title: string): ListItem {
  const where = { org: org.id, space };
  if (!channel) {
    return {
      title,
      lines: [rich`${italic('No channel yet.')}`],
      button: button('Choose a channel', chooseChannel.with(where)),
    };
  }
  const isWorking = !channel.off && (!check || check.kind === 'open' || check.kind === 'unknown');
  return {
    title,
    lines: [stateLine(channel, check), ...mirrorLine(channel), lastLine(lastPostAt)],
    button: isWorking ? button('Turn off', announceOff.with(where)) : mendButton(channel, where),
  };
}

function mendButton({ off }: AnnounceChannel, where: { org: OrgId; space: SpaceRef }): Button {
  return off?.because === 'asked'
    ? button('Turn on', announceOn.with(where))
    : button('Choose a channel', chooseChannel.with(where));
}

function stateLine(channel: AnnounceChannel, check: AnnouncedSpace['check']): RichText {
  const { off, name, ...space } = channel;
  const where = channelName({ name: check?.kind === 'open' ? check.name : name });
  if (off?.because === 'asked') return rich`${where} · off since ${time(off.since, 'day')}`;
  if (off) return rich`${where} · off since ${time(off.since, 'day')}: it is gone, or I may not write there any more`;
  if (!check || check.kind === 'open') return rich`${where} · on`;
  if (check.kind === 'unknown') return rich`${where} · on; I could not look at it just now`;
  return rich`${where} · on, but not working: ${channelProblem(check, { asked: name, space })}`;
}

function mirrorLine({ isMirrored }: AnnounceChannel): TextInput[] {
  return isMirrored ? ['Its own events are kept in step'] : [];
}

function lastLine(lastPostAt: AnnouncedSpace['lastPostAt']): RichText {
  return lastPostAt ? rich`Last post ${time(lastPostAt, 'relative')}` : rich`Nothing posted yet`;
}

/** Beginning and ending to keep calendars, where a platform has one. */
function mirrorRows(spaces: readonly AnnouncedSpace[]): Block[] {
  const able = spaces.flatMap(({ channel, hasCalendar }) => (channel && hasCalendar ? [channel] : []));
  if (able.length === 0) return [];
  return [
    buttons(
      ...able.slice(0, 4).map((channel) => {
        const tap = spaceOfChannel(channel);
        const name = able.length > 1 ? ` of #${short(channel.name, 30)}` : '';
        return channel.isMirrored
          ? button(`Stop keeping server events${name}`, askToEndMirror.with(tap))
          : button(`Keep server events too${name}`, beginMirror.with(tap));
      }),
    ),
  ];
}
