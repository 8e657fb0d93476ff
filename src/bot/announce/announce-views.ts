import type { ChannelChoice } from '../../domain/announcements/announce-service.js';
import type { AnnounceChannel } from '../../domain/announcements/announcement.js';
import type { CalendarChoice, MirrorChoice } from '../../domain/announcements/mirror-service.js';
import type { Event } from '../../domain/events/event.js';
import type { OrgId } from '../../domain/ids.js';
import type { NamedChannel } from '../../domain/notifications/channel.js';
import type { Org } from '../../domain/orgs/org.js';
import type { SpaceRef } from '../../domain/orgs/rights.js';
import { countWords } from '../numbers.js';
import { short } from '../short-text.js';
import { spaceKind } from '../spaces/space-words.js';
import { bold, commandName, joined, type RichText, rich } from '../text.js';
import { type Block, type Button, button, buttons, message, note, paragraph, type View } from '../views.js';
import {
  announceOff,
  announceOn,
  askToEndMirror,
  chooseChannel,
  endMirror,
  setChannel,
  showAnnouncements,
} from './announce-actions.js';
import { calendarProblem, channelName, channelProblem, plainChannelName, spaceOfChannel } from './channel-words.js';
import { cardView } from './post-views.js';

const spaceOf = ({ platform, externalId }: SpaceRef): SpaceRef => ({ platform, externalId });

const overviewButton = (org: OrgId): Button => button('Announcements', showAnnouncements.with({ org }));

/** After a channel was chosen, or why it could not be. */
export function choiceView(choice: ChannelChoice): View {
  if (choice.kind === 'refused') return refusedView(choice);
  const { org, channel, next, mirror } = choice;
  return {
    title: rich`Announcements go to ${plainChannelName(channel)}`,
    tone: 'good',
    blocks: [
      paragraph(
        rich`New events of ${bold(org.name)} are posted there from now on. When one changes, its post changes with it, and a reply says what is new.`,
      ),
      ...mirrorBlocks(channel, mirror),
      ...previewBlocks(org, next),
      buttons(
        ...mirrorButtons(channel, mirror),
        button('Turn off', announceOff.with(spaceOfChannel(channel))),
        overviewButton(org.id),
      ),
    ],
  };
}

function refusedView({ org, space, asked, check }: Extract<ChannelChoice, { kind: 'refused' }>): View {
  const where = { org: org.id, space: spaceOf(space) };
  return {
    tone: 'careful',
    ...message(
      channelProblem(check, { asked, space }),
      buttons(button('Choose a channel', chooseChannel.with(where), 'primary'), overviewButton(org.id)),
      note('Nothing was changed.'),
    ),
  };
}

/** What became of the wish about the space's own calendar. */
function mirrorBlocks(channel: AnnounceChannel, mirror: MirrorChoice): Block[] {
  switch (mirror.kind) {
    case 'unchanged':
      return channel.isMirrored ? [paragraph(rich`The ${spaceKind(channel.platform)}’s own events stay in step.`)] : [];
    case 'begun':
      return [paragraph(begunWords(channel, mirror.events))];
    case 'refused':
      return [paragraph(calendarProblem(mirror.check, channel))];
    case 'ask-to-end':
      return [paragraph(endWords(channel, mirror.events))];
  }
}

function begunWords({ platform }: SpaceRef, events: number): RichText {
  const ahead =
    events === 0
      ? rich`None is ahead yet.`
      : rich`${countWords(events, 'event')} ahead ${events === 1 ? 'is' : 'are'} being added now.`;
  return rich`The ${spaceKind(platform)}’s own events are kept in step, too. ${ahead}`;
}

function endWords({ platform }: SpaceRef, events: number): RichText {
  return rich`Your ${spaceKind(platform)}’s own events are still kept in step. Ending that takes ${bold(countWords(events, 'event'))} ahead out of its list, with everybody’s “Interested” there.`;
}

function mirrorButtons(channel: AnnounceChannel, mirror: MirrorChoice): Button[] {
  return mirror.kind === 'ask-to-end'
    ? [button('Take them out', endMirror.with(spaceOfChannel(channel)), 'danger')]
    : [];
}

/** What became of the wish about a space's own calendar alone. */
export function calendarView({ org, channel, mirror }: CalendarChoice): View {
  return {
    tone: mirror.kind === 'begun' || mirror.kind === 'unchanged' ? 'good' : 'careful',
    blocks: [...mirrorBlocks(channel, mirror), buttons(...mirrorButtons(channel, mirror), overviewButton(org.id))],
  };
}

/** What a post looks like, by the org's next event. */
function previewBlocks(org: Org, next: Event | undefined): Block[] {
  if (!next) return [note('Nothing is ahead yet, so there is no post to show.')];
  const card = cardView({ event: next, org });
  const isShown = ({ kind }: Block) => kind === 'fields' || kind === 'text';
  return [
    note('A post looks like this, with buttons to say Going or Interested:'),
    { kind: 'divider' },
    paragraph(rich`${bold(short(next.title, 200))}`),
    ...card.blocks.filter(isShown),
    { kind: 'divider' },
  ];
}

/** A space's channels to choose from. */
export function chooseView(org: Org, space: SpaceRef, channels: readonly NamedChannel[]): View {
  const kind = spaceKind(space.platform);
  if (channels.length === 0) {
    return message(
      rich`I see no channel in that ${kind} that I could post in. Let me into one first; on Slack, type ${bold('/invite @Rollcall')} there.`,
      buttons(button('Look again', chooseChannel.with({ org: org.id, space: spaceOf(space) })), overviewButton(org.id)),
    );
  }
  return {
    title: rich`Where shall events of ${org.name} be announced?`,
    blocks: [
      paragraph(`In one channel of that ${kind}:`),
      {
        kind: 'select',
        placeholder: 'Choose a channel',
        action: setChannel.with({ org: org.id, space: spaceOf(space) }),
        options: channels.map(({ channelId, name }) => ({ value: channelId, label: `#${name}` })),
      },
      buttons(overviewButton(org.id)),
      note(rich`Not among them? Run ${commandName('manage announce set')} there, with any channel.`),
    ],
  };
}

/** After announcements were switched off, or were off already. */
export function offView({ org, channel }: { org: Org; channel: AnnounceChannel | undefined }): View {
  if (!channel) {
    return message(
      rich`${bold(org.name)} announces nothing here, so there is nothing to turn off.`,
      buttons(overviewButton(org.id)),
    );
  }
  return message(
    rich`Nothing is announced in ${channelName(channel)} any more. What was posted stays, and stays right.`,
    ...(channel.isMirrored
      ? [paragraph('The server’s own events are still kept in step; that is a choice of its own.')]
      : []),
    buttons(
      button('Undo', announceOn.with(spaceOfChannel(channel))),
      ...(channel.isMirrored
        ? [button('Stop keeping server events', askToEndMirror.with(spaceOfChannel(channel)))]
        : []),
      overviewButton(org.id),
    ),
  );
}

/** After a space's own events are no longer kept. */
export function mirrorEndedView({ org, events }: { org: Org; events: number }): View {
  return message(
    events === 0
      ? 'The server’s own events are no longer kept in step. None was ahead.'
      : `The server’s own events are no longer kept in step; ${countWords(events, 'event')} ahead ${events === 1 ? 'is' : 'are'} being taken out.`,
    buttons(overviewButton(org.id)),
  );
}

/** After "Announce the next three". */
export function nextView(outcome: {
  org: Org;
  events: number;
  announced: number;
  channels: readonly AnnounceChannel[];
}): View {
  const { org, events, announced, channels } = outcome;
  const below = buttons(overviewButton(org.id));
  if (channels.length === 0) {
    return message('No channel is chosen yet, so there is nowhere to post. Choose one first.', below);
  }
  if (events === 0) return message('Nothing public is ahead in that calendar, so there is nothing to announce.', below);
  const where = joined(channels.map((channel) => rich`${channelName(channel)}`));
  if (announced === 0) return message(rich`The next ones are announced in ${where} already.`, below);
  return message(rich`${countWords(announced, 'event')} will be in ${where} in a moment.`, below);
}
