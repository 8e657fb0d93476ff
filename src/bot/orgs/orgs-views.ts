import type { ListedEvent } from '../../domain/events/listed-event.js';
import type { OrgId } from '../../domain/ids.js';
import { languageName } from '../../domain/orgs/languages.js';
import { type Org, type OrgSummary, type OrgType, placeName } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { beginsWords, eventItem } from '../events/event-items.js';
import type { TimeReader } from '../events/event-times.js';
import { countWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, commandName, rich } from '../text.js';
import {
  type Block,
  type Button,
  button,
  buttons,
  fields,
  type ListItem,
  linkButton,
  list,
  note,
  pager,
  paragraph,
  type View,
} from '../views.js';
import { askToJoin, askToLeave, minePage, showOrg } from './orgs-actions.js';

/** Org types as people read them. */
export const ORG_TYPE_LABELS: Readonly<Record<OrgType, string>> = {
  reading_group: 'Reading group',
  research_hub: 'Research hub',
  university_group: 'University group',
  chapter: 'Local chapter',
  coworking: 'Coworking space',
  network: 'Network',
  other: 'Other',
};

/** Orgs on a page of a list: as many as fit every platform with a button each. */
export const ORGS_A_PAGE = 6;

/** "Reading group · Lisbon, Portugal · 9 km away · 12 members · 3 upcoming events · you’re in". */
export function factsLine({ org, activeMembers, standing }: OrgSummary, distance?: string, events = 0): string {
  return [
    ORG_TYPE_LABELS[org.type],
    placeName(org),
    ...(distance ? [distance] : []),
    memberCount(activeMembers),
    ...(events > 0 ? [countWords(events, 'upcoming event')] : []),
    ...(standing === 'active' ? ['you’re in'] : []),
    ...(standing === 'pending' ? ['request sent'] : []),
  ].join(' · ');
}

/** "12 members". */
export const memberCount = (count: number): string => countWords(count, 'member');

const MOST_IN_A_LIST = 140;

/** The beginning of a description, for a list. */
export function firstSentence(text: string): string {
  const sentence = /^.*?[.!?。！？](?=\s|$)/su.exec(text)?.[0] ?? text;
  const characters = [...sentence.replace(/\s+/gu, ' ').trim()];
  return characters.length <= MOST_IN_A_LIST
    ? characters.join('')
    : `${characters
        .slice(0, MOST_IN_A_LIST - 1)
        .join('')
        .trimEnd()}…`;
}

/** "English, Portuguese", by ISO 639-1 codes; a code that is none shows as it is. */
export function languageList(codes: readonly string[]): string {
  return codes.map(languageName).join(', ');
}

/** An org in full, with what the reader can do; and with its page on the web, where there is one. */
export function orgView(
  summary: OrgSummary,
  { pageUrl, next, reader }: { pageUrl: string | undefined; next: readonly ListedEvent[]; reader: TimeReader },
): View {
  const { org, activeMembers } = summary;
  return {
    title: org.name,
    blocks: [
      paragraph(org.description || 'No description yet.'),
      fields(
        { label: 'Kind', value: ORG_TYPE_LABELS[org.type] },
        { label: 'Where', value: placeName(org) },
        { label: 'Members', value: memberCount(activeMembers) },
        { label: 'Joining', value: org.joinPolicy === 'open' ? 'Open to everyone' : 'An organiser approves' },
        ...(org.languages.length > 0 ? [{ label: 'Languages', value: languageList(org.languages) }] : []),
      ),
      buttons(
        ...standingButtons(summary),
        button('Events', runs('events upcoming', { org: org.slug })),
        button('Browse orgs', runs('orgs browse')),
        ...(pageUrl === undefined ? [] : [linkButton('Page to share', pageUrl)]),
        ...websiteButton(org),
      ),
      ...nextBlocks(next, reader),
      ...standingNote(summary),
    ],
  };
}

function nextBlocks(next: readonly ListedEvent[], reader: TimeReader): Block[] {
  if (next.length === 0) return [];
  return [
    paragraph(rich`${bold('Coming up')}`),
    list(next.map((listed) => eventItem(listed, reader, { hasOrg: false }))),
  ];
}

function standingButtons({ org, standing }: OrgSummary): Button[] {
  if (standing === 'active') return [button('Leave', askToLeave.with({ org: org.id }))];
  if (standing === 'pending') return [button('Withdraw request', askToLeave.with({ org: org.id }))];
  if (standing === 'removed') return [];
  return [button('Join', askToJoin.with({ org: org.id }), 'primary')];
}

function standingNote({ standing, role }: OrgSummary): Block[] {
  if (standing === 'active') return [note(role === 'admin' ? 'You are an admin here.' : 'You’re a member.')];
  if (standing === 'pending') return [note('Your request is waiting for an organiser.')];
  return [];
}

function websiteButton({ website }: Org): Button[] {
  return website ? [linkButton('Website', website)] : [];
}

/** The member's own orgs. */
export function mineView(mine: OrgSummary[], page: number, next: ReadonlyMap<OrgId, ListedEvent>): View {
  if (mine.length === 0) {
    return {
      title: 'Your orgs',
      blocks: [
        paragraph('You’re not in any org yet. Have a look at what there is near you or online.'),
        buttons(button('Orgs near me', runs('orgs nearby'), 'primary'), button('Browse orgs', runs('orgs browse'))),
      ],
    };
  }
  const pages = Math.ceil(mine.length / ORGS_A_PAGE);
  const shown = Math.min(page, pages - 1);
  return {
    title: 'Your orgs',
    blocks: [
      list(
        mine.slice(shown * ORGS_A_PAGE, (shown + 1) * ORGS_A_PAGE).map((one) => mineItem(one, next.get(one.org.id))),
      ),
      ...pager({ page: shown, pages }, (to) => minePage.with({ page: to })),
      note(rich`Looking for more? ${commandName('orgs browse')} has them all.`),
    ],
  };
}

function mineItem({ org, activeMembers, standing, role }: OrgSummary, next: ListedEvent | undefined): ListItem {
  const where = [placeName(org), memberCount(activeMembers)];
  const stands =
    standing === 'pending' ? 'request sent, waiting for an organiser' : role === 'admin' ? 'you’re an admin' : '';
  return {
    title: org.name,
    lines: [
      [...where, stands].filter((part) => part !== '').join(' · '),
      ...(next ? [rich`Next: ${short(next.event.title, MOST_IN_A_LIST)} · ${beginsWords(next)}`] : []),
    ],
    button: button('Show', showOrg.with({ org: org.id })),
  };
}
