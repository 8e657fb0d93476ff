import type { AnnounceChannel } from '../../domain/announcements/announcement.js';
import type { EventHost } from '../../domain/events/listed-event.js';
import { spaceKind } from '../spaces/space-words.js';
import { bold, commandName, type RichText, rich } from '../text.js';
import { type Button, button, buttons, note, paragraph, type View } from '../views.js';
import { announceOn, beginMirror, chooseChannel, showAnnouncements } from './announce-actions.js';
import { plainChannelName } from './channel-words.js';

/** To an admin: nothing goes out any more into a channel, or into a server's own calendar. */
export function lostView(
  { channel, org }: { channel: AnnounceChannel; org: EventHost },
  what: 'channel' | 'calendar',
): View {
  return {
    title:
      what === 'channel'
        ? rich`I can’t post in ${plainChannelName(channel)} any more`
        : rich`I can’t add events any more`,
    tone: 'careful',
    blocks: [
      paragraph(what === 'channel' ? channelWords(channel, org) : calendarWords(channel, org)),
      buttons(...mendingButtons(channel, what)),
      note(rich`You get this once, because you are an admin of ${org.name}.`),
    ],
  };
}

function channelWords(channel: AnnounceChannel, org: EventHost): RichText {
  return rich`It was deleted or archived, or I may no longer write there. So announcements of ${bold(org.name)} in that ${spaceKind(channel.platform)} are switched off. Nothing is lost: choose another channel, or let me in again and try once more.`;
}

function calendarWords(channel: AnnounceChannel, org: EventHost): RichText {
  return rich`I may no longer make events in your ${spaceKind(channel.platform)}, so the events of ${bold(org.name)} are not kept in step there. On Discord that takes the permission ${bold('Create Events')}. Grant it and begin anew, or leave it; ${commandName('manage announce show')} tells how things stand.`;
}

function mendingButtons(channel: AnnounceChannel, what: 'channel' | 'calendar'): Button[] {
  const { platform, externalId, orgId } = channel;
  const about = { org: orgId, space: { platform, externalId } };
  const first =
    what === 'channel'
      ? [
          button('Choose another channel', chooseChannel.with(about), 'primary'),
          button('Try again', announceOn.with(about)),
        ]
      : [button('Begin anew', beginMirror.with(about), 'primary')];
  return [...first, button('Announcements', showAnnouncements.with({ org: orgId }))];
}
