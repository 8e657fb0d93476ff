import type { z } from 'zod';
import type { EventGroup, EventsPage } from '../../domain/events/event-lists.js';
import { toInstantText } from '../../shared/clock.js';
import { runs } from '../actions.js';
import { countWords, numberWords } from '../numbers.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { bold, joined, type RichText, rich, time } from '../text.js';
import { type Block, type Button, button, buttons, list, pager, paragraph, type View } from '../views.js';
import { eventItem } from './event-items.js';
import { EVENT_TYPE_LABELS } from './event-labels.js';
import type { TimeReader } from './event-times.js';
import { pastPage, type UpcomingPage, upcomingPage } from './events-actions.js';

/** Events on a page: as many as fit every platform with a button each. */
export const EVENTS_A_PAGE = 6;

/** A page of what is ahead, or of what is over. */
export function eventsView(page: EventsPage, reader: TimeReader): View {
  const { org } = page.asked;
  const kind = page.direction === 'ahead' ? 'Upcoming events' : 'Past events';
  return {
    title: org ? rich`${kind} of ${org.name}` : kind,
    blocks: page.total === 0 ? nothingBlocks(page) : listBlocks(page, reader),
  };
}

function listBlocks(page: EventsPage, reader: TimeReader): Block[] {
  return [
    paragraph(headline(page)),
    ...page.groups.flatMap((group) => groupBlocks(group, page, reader)),
    ...pager(page, (to) => toPage(page, to)),
    buttons(...moreButtons(page)),
  ];
}

function groupBlocks({ org, events }: EventGroup, { ofOwn, scope }: EventsPage, reader: TimeReader): Block[] {
  const heading = org ? rich`${bold(org.name)}` : scope === 'all' && ofOwn > 0 ? rich`${bold('Elsewhere')}` : undefined;
  const hasOrg = org === undefined && scope !== 'org';
  return [
    ...(heading ? [paragraph(heading)] : []),
    list(events.map((listed) => eventItem(listed, reader, { hasOrg }))),
  ];
}

/** "12 events until 31 March, 5 of them at your orgs." */
function headline(page: EventsPage): RichText {
  const { total, ofOwn, hasOrgs, scope, direction } = page;
  const what = joined([countWords(total, 'event'), ...filterWords(page)], ' ');
  if (direction === 'past') return rich`${scope === 'own' ? 'At your orgs' : 'Of late'}, the last first:`;
  if (scope === 'org' || !hasOrgs) return rich`${what}, the next first:`;
  if (ofOwn === 0) return rich`Nothing at your orgs ${afterNothing(page)}; ${countWords(total, 'event')} elsewhere:`;
  return rich`${what}, ${ofOwn === total ? 'all' : numberWords(ofOwn)} of them at your orgs.`;
}

const afterNothing = (page: EventsPage): RichText => {
  const words = filterWords(page);
  return words.length === 0 ? rich`yet` : joined(words, ' ');
};

/** What was asked for, to stand behind a number of events: "of the kind talk until 31 March". */
function filterWords({ asked: { until, type } }: EventsPage): RichText[] {
  return [
    ...(type ? [rich`of the kind ${bold(EVENT_TYPE_LABELS[type].toLowerCase())}`] : []),
    ...(until ? [rich`until ${time(until, 'day')}`] : []),
  ];
}

function moreButtons({ direction, asked: { org }, hasOrgs, scope }: EventsPage): Button[] {
  const ofOrg: Record<string, string> = org ? { org: org.slug } : {};
  const other =
    direction === 'ahead'
      ? button('Past events', runs('events past', ofOrg))
      : button('Upcoming events', runs('events upcoming', ofOrg));
  if (org) return [button('Show org', showOrg.with({ org: org.id })), other];
  return hasOrgs || scope === 'own' ? [other] : [button('Orgs near me', runs('orgs nearby')), other];
}

/** Nothing to list: says so, and offers what there is instead. */
function nothingBlocks(page: EventsPage): Block[] {
  const { asked, direction, elsewhere } = page;
  const what = joined(['No', direction === 'ahead' ? 'events' : 'past events', ...filterWords(page)], ' ');
  const where = asked.org ? rich` at ${bold(asked.org.name)}` : rich``;
  const rest =
    elsewhere > 0
      ? `; ${numberWords(elsewhere)} elsewhere.`
      : asked.org
        ? '.'
        : ' yet. They come from lu.ma, once an org has connected its calendar.';
  return [paragraph([...what, ...where, rest]), buttons(...insteadButtons(page))];
}

function insteadButtons(page: EventsPage): Button[] {
  const { asked, direction, elsewhere } = page;
  const { org, until, type } = asked;
  const isNarrowed = until !== undefined || type !== undefined;
  const without = (rest: Partial<EventsPage['asked']>) => toPage({ ...page, asked: { ...asked, ...rest } }, 0);
  return [
    ...(elsewhere > 0 ? [button('Show them', without({ org: undefined }), 'primary')] : []),
    ...(isNarrowed
      ? [button(org ? 'All of this org' : 'All upcoming', without({ until: undefined, type: undefined }))]
      : []),
    ...moreButtons(page),
    ...(org || direction === 'past' ? [] : [button('Browse orgs', runs('orgs browse'))]),
  ];
}

function toPage({ direction, asked: { org, until, type } }: Pick<EventsPage, 'direction' | 'asked'>, page: number) {
  if (direction === 'past') return pastPage.with({ org: org?.id, page });
  const payload: z.input<typeof UpcomingPage> = { org: org?.id, until: until && toInstantText(until), type, page };
  return upcomingPage.with(payload);
}
