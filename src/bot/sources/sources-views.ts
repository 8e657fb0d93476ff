import type { SourceCard } from '../../domain/events/sources-service.js';
import type { SyncOutcome } from '../../domain/events/sync-service.js';
import type { Org } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { announceNext } from '../announce/announce-actions.js';
import { showSettings } from '../manage/manage-actions.js';
import { countWords } from '../numbers.js';
import { bold, type RichText, rich, time } from '../text.js';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Field,
  fields,
  linkButton,
  list,
  message,
  note,
  pager,
  paragraph,
  type View,
} from '../views.js';
import { askToDisconnect, confirmDisconnect, showSource, sourcesPage, syncSource } from './sources-actions.js';
import { countsWords, eventsWords, guestsProblemWords, syncProblemWords } from './sync-words.js';

const SOURCES_A_PAGE = 6;

const KINDS = {
  api: 'API key: events, registrations and check-ins',
  feed: 'Public feed: events only',
} as const;

/** An org's calendars: none yet, the one, or a list of them. */
export function statusView({ org, cards }: { org: Org; cards: readonly SourceCard[] }, page = 0): View {
  const [first] = cards;
  if (!first) return noCalendarView(org);
  if (cards.length === 1) return sourceView(first);
  const pages = Math.ceil(cards.length / SOURCES_A_PAGE);
  const shown = Math.min(page, pages - 1);
  const some = cards.slice(shown * SOURCES_A_PAGE, (shown + 1) * SOURCES_A_PAGE);
  return {
    title: rich`Calendars of ${org.name}`,
    blocks: [
      list(some.map(sourceItem)),
      ...pager({ page: shown, pages }, (to) => sourcesPage.with({ org: org.id, page: to })),
      buttons(
        button('Sync all', runs('manage luma sync', { org: org.slug }), 'primary'),
        connectAnother(org),
        button('Settings', showSettings.with({ org: org.id })),
      ),
    ],
  };
}

function noCalendarView(org: Org): View {
  return message(
    rich`${bold(org.name)} has no calendar yet. Connect its lu.ma calendar, and its events come in by themselves: listed here, announced in your channel, with reminders for whoever wants them.`,
    buttons(
      button('Connect a calendar', runs('manage luma connect', { org: org.slug }), 'primary'),
      button('Settings', showSettings.with({ org: org.id })),
    ),
  );
}

function sourceItem({ source, events }: SourceCard) {
  return {
    title: source.name,
    lines: [rich`${eventsWords(events)} · ${stateWords(source)}`],
    button: button('Show', showSource.with({ source: source.id })),
  };
}

/** One calendar: what it is, how it stands, and what can be done. */
export function sourceView({ org, source, events }: SourceCard, ...before: Block[]): View {
  const { lastProblem, guestsProblem, pageUrl } = source;
  return {
    title: source.name,
    ...(lastProblem ? { tone: 'careful' as const } : {}),
    blocks: [
      ...before,
      ...(lastProblem ? [paragraph(syncProblemWords(lastProblem, source.access.kind))] : []),
      ...(guestsProblem && !lastProblem ? [paragraph(guestsProblemWords(guestsProblem))] : []),
      fields(...sourceFields({ org, source, events })),
      buttons(...sourceButtons({ org, source, events }), disconnectButton(source)),
      buttons(
        connectAnother(org),
        button('Settings', showSettings.with({ org: org.id })),
        ...(pageUrl === undefined ? [] : [linkButton('View on lu.ma', pageUrl)]),
      ),
      note('Seen by admins only. The key is stored encrypted and is never shown.'),
    ],
  };
}

function sourceFields({ source, events }: SourceCard): Field[] {
  const { lastCounts, lastSuccessAt, lastProblem } = source;
  return [
    { label: 'Read by', value: KINDS[source.access.kind] },
    { label: 'Events', value: eventsWords(events) },
    { label: 'Last run', value: stateWords(source) },
    ...(lastProblem && lastSuccessAt ? [{ label: 'Last good run', value: [time(lastSuccessAt, 'relative')] }] : []),
    ...(lastCounts && lastSuccessAt ? [{ label: 'It found', value: countsWords(lastCounts) }] : []),
    { label: 'Next run', value: [time(source.nextSyncAt, 'relative')] },
    { label: 'Told at once by lu.ma', value: source.webhook ? 'Yes' : 'No: seen at the next run' },
  ];
}

/** "5 minutes ago", "failed 3 times in a row, last 5 minutes ago". */
function stateWords({ lastRunAt, failures, guestsProblem }: SourceCard['source']): RichText {
  if (!lastRunAt) return rich`not yet`;
  if (failures === 0)
    return rich`${time(lastRunAt, 'relative')}, ${guestsProblem ? 'but not all guest lists' : 'all well'}`;
  return rich`failed ${countWords(failures, 'time')} in a row, last ${time(lastRunAt, 'relative')}`;
}

/** What can be done with a calendar that is connected. */
export function sourceButtons({ source, events }: SourceCard): Button[] {
  const { id } = source;
  const announce = button('Announce the next three', announceNext.with({ source: id }));
  return [button('Sync now', syncSource.with({ source: id }), 'primary'), ...(events.upcoming > 0 ? [announce] : [])];
}

const disconnectButton = ({ id }: SourceCard['source']): Button =>
  button('Disconnect', askToDisconnect.with({ source: id }));

const connectAnother = ({ slug }: Org): Button => button('Connect another', runs('manage luma connect', { org: slug }));

/** A calendar right after it was synced on demand. */
export function syncedView({ outcome, ...card }: SourceCard & { outcome: SyncOutcome }): View {
  return sourceView(card, paragraph(outcomeWords(outcome, card.source.access.kind)));
}

/** What a run came to, in a sentence. */
export function outcomeWords(outcome: SyncOutcome, access: 'api' | 'feed'): RichText {
  switch (outcome.kind) {
    case 'synced':
      return rich`Synced just now: ${countsWords(outcome.counts)}.`;
    case 'failed':
      return rich`That did not work, and nothing was changed. I’ll try again ${time(outcome.nextSyncAt, 'relative')}.`;
    case 'waiting':
      return rich`${syncProblemWords('rate-limited', access)} I can look again ${time(outcome.until, 'relative')}.`;
    case 'gone':
      return rich`It was disconnected meanwhile.`;
  }
}

/** All calendars of an org right after they were synced on demand. */
export function allSyncedView(org: Org, synced: readonly (SourceCard & { outcome: SyncOutcome })[]): View {
  const [first] = synced;
  if (!first) return noCalendarView(org);
  if (synced.length === 1) return syncedView(first);
  return {
    title: rich`Calendars of ${org.name}`,
    blocks: [
      list(
        synced.map(({ source, outcome }) => ({
          title: source.name,
          lines: [
            outcomeWords(outcome, source.access.kind),
            ...(outcome.kind === 'failed' ? [syncProblemWords(outcome.problem, source.access.kind)] : []),
          ],
          button: button('Show', showSource.with({ source: source.id })),
        })),
      ),
      buttons(button('Calendars', runs('manage luma status', { org: org.slug })), connectAnother(org)),
    ],
  };
}

/** The question before disconnecting. */
export function disconnectCard({ source, events }: SourceCard): View {
  const isKey = source.access.kind === 'api';
  return {
    title: rich`Disconnect ${source.name}?`,
    tone: 'careful',
    blocks: [
      paragraph(
        events.upcoming > 0
          ? `Its ${countWords(events.upcoming, 'upcoming event')} will no longer be shown or announced, and nobody is reminded of ${events.upcoming === 1 ? 'it' : 'them'}.`
          : 'It has no upcoming events; no new ones will come in.',
      ),
      paragraph(
        `${isKey ? 'The API key and the webhook are erased. ' : ''}Past events and everything members answered stay. Connect it again, and its events come back with their answers.`,
      ),
      buttons(
        button('Confirm', confirmDisconnect.with({ source: source.id }), 'danger'),
        button('Cancel', showSource.with({ source: source.id })),
      ),
    ],
  };
}

export function disconnectedView({
  org,
  source,
  withdrawn,
}: {
  org: Org;
  source: SourceCard['source'];
  withdrawn: number;
}): View {
  return {
    tone: 'good',
    ...message(
      rich`${bold(source.name)} is disconnected${withdrawn > 0 ? `, and its ${countWords(withdrawn, 'upcoming event')} ${withdrawn === 1 ? 'is' : 'are'} no longer shown` : ''}.${source.access.kind === 'api' ? ' You may revoke the key on lu.ma as well.' : ''}`,
      buttons(
        button('Connect again', runs('manage luma connect', { org: org.slug })),
        button('Settings', showSettings.with({ org: org.id })),
      ),
    ),
  };
}

/** To an admin: a calendar has failed several times in a row. */
export function failingView({ org, source }: SourceCard): View {
  const { lastProblem, lastSuccessAt, access } = source;
  return {
    title: rich`${source.name} cannot be read`,
    tone: 'careful',
    blocks: [
      paragraph(syncProblemWords(lastProblem ?? 'unavailable', access.kind)),
      paragraph(
        lastSuccessAt
          ? rich`It was last read ${time(lastSuccessAt, 'relative')}. What I know of its events stays as it is, and I keep trying.`
          : rich`It has not been read yet. I keep trying.`,
      ),
      buttons(
        button('Show calendar', showSource.with({ source: source.id }), 'primary'),
        button('Connect another', runs('manage luma connect', { org: org.slug })),
      ),
      note(rich`You get this once, because you are an admin of ${bold(org.name)}. Write “stop” and I’ll send no more.`),
    ],
  };
}
