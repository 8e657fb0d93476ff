import type { FoundCalendar, SourceCard } from '../../domain/events/sources-service.js';
import type { SyncOutcome } from '../../domain/events/sync-service.js';
import { runs } from '../actions.js';
import { placeWords } from '../events/event-labels.js';
import { whenWords } from '../events/event-times.js';
import { bold, joined, rich, time } from '../text.js';
import { type Block, button, buttons, list, message, note, paragraph, type View } from '../views.js';
import { cancelFound, connectFound, showSource } from './sources-actions.js';
import { sourceButtons } from './sources-views.js';
import { eventsWords, syncProblemWords } from './sync-words.js';

/** A calendar that was found: its name and what comes next in it, so that the organiser sees that it is theirs. */
export function foundView({ org, offer, next, replaces }: FoundCalendar): View {
  return {
    title: offer.calendar.name,
    blocks: [
      paragraph(
        offer.access.kind === 'api'
          ? 'The key opens this calendar, with its guests: registrations and check-ins count by themselves.'
          : 'This is what the public feed holds. It has the events; registrations and check-ins come with an API key only.',
      ),
      ...nextBlocks(next),
      ...(replaces ? [paragraph('It comes in the place of its feed. Events and answers stay as they are.')] : []),
      paragraph(rich`Is it a calendar of ${bold(org.name)}?`),
      buttons(
        button('This is ours – connect', connectFound.with({ source: offer.id }), 'primary'),
        button('Cancel', cancelFound.with({ source: offer.id })),
      ),
      note('Nothing is stored yet.'),
    ],
  };
}

function nextBlocks(next: FoundCalendar['next']): Block[] {
  if (next.length === 0) return [paragraph('Nothing is ahead in it just now.')];
  const items = next.map((event) => ({
    title: event.title,
    lines: [joined([whenWords(event), placeWords(event.place)], ' · ')],
  }));
  return [paragraph(next.length === 1 ? 'The next event:' : `The next ${next.length} events:`), list(items)];
}

export function cancelledView(): View {
  return message(
    'Nothing was connected, and I’ve forgotten what you entered.',
    buttons(button('Calendars', runs('manage luma status'))),
  );
}

/** After connecting: what came in, or why nothing did yet. */
export function connectedView({ org, source, events, outcome }: SourceCard & { outcome: SyncOutcome }): View {
  return {
    title: rich`${source.name} is connected`,
    tone: outcome.kind === 'failed' ? 'careful' : 'good',
    blocks: [
      ...firstSyncWords(outcome, events, source.access.kind),
      paragraph(
        'Nothing was announced. From now on I look every 15 minutes, and new events are announced by themselves.',
      ),
      buttons(...sourceButtons({ org, source, events })),
      buttons(
        button('Show calendar', showSource.with({ source: source.id })),
        button('Connect another', runs('manage luma connect', { org: org.slug })),
      ),
    ],
  };
}

function firstSyncWords(outcome: SyncOutcome, events: SourceCard['events'], access: 'api' | 'feed'): Block[] {
  switch (outcome.kind) {
    case 'failed':
      return [
        paragraph(rich`Its events could not be read yet: ${syncProblemWords(outcome.problem, access)}`),
        paragraph(rich`I’ll try again ${time(outcome.nextSyncAt, 'relative')}.`),
      ];
    case 'synced':
    case 'waiting':
    case 'gone':
      return [paragraph(rich`I have ${eventsWords(events)}.`)];
  }
}
