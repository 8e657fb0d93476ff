import type { Event } from '../../domain/events/event.js';
import type { GuestCounts } from '../../domain/events/guests-repository.js';
import type { GuestLine, ShownGuests } from '../../domain/events/guests-service.js';
import { runs } from '../actions.js';
import { numberWords } from '../numbers.js';
import { bold, rich } from '../text.js';
import { type Block, button, buttons, type ListItem, list, note, pager, paragraph, type View } from '../views.js';
import { guestName, guestState } from './guest-words.js';
import { askWhoGuestIs, guestsPage, undoAssign } from './guests-actions.js';

/** Guests on one page of the list. */
export const GUESTS_A_PAGE = 8;

/** An event's guests for its org's admins: the numbers, then those I know no member for, with Assign for each. */
export function guestsView({ event, org, list: standing, counts, page }: ShownGuests): View {
  const again = button('Refresh', guestsPage.with({ event: event.id, page: page.page }));
  return {
    title: rich`Guests of ${event.title}`,
    blocks:
      standing === 'read'
        ? [
            ...countBlocks(counts),
            ...walkInBlocks(event, counts, page.items),
            ...pager(page, (to) => guestsPage.with({ event: event.id, page: to })),
            buttons(again),
          ]
        : [
            paragraph(standing === 'unread' ? NOT_READ_YET : NO_LIST),
            buttons(again, button('Calendars', runs('manage luma status', { org: org.slug }))),
          ],
  };
}

const NOT_READ_YET = 'lu.ma’s guest list has not been read yet. It comes with one of the next syncs.';
const NO_LIST =
  'This event comes from a public feed, and a feed has no guest list. With the calendar’s lu.ma API key, registrations and check-ins come in by themselves.';

/** "24 registered · 3 waiting · 2 cancelled · 18 checked in", and how many of them are known. */
function countBlocks({ registered, waiting, cancelled, checkedIn, joinedOnline, membersHere }: GuestCounts): Block[] {
  const parts: [number, string][] = [
    [waiting, 'waiting'],
    [cancelled, 'cancelled'],
    [checkedIn, 'checked in'],
    [joinedOnline, 'joined online'],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => ` · ${numberWords(count)} ${words}`);
  const known = `${numberWords(membersHere)} of ${numberWords(registered)} registered are members here.`;
  return [
    paragraph(rich`${bold(`${numberWords(registered)} registered`)}${told.join('')}`),
    ...(registered > 0 ? [paragraph(known)] : []),
  ];
}

function walkInBlocks(event: Event, counts: GuestCounts, lines: readonly GuestLine[]): Block[] {
  const isSomebodyComing = counts.registered + counts.waiting > 0;
  if (lines.length === 0) {
    return [paragraph(isSomebodyComing ? 'I know a member for every guest.' : 'Nobody has registered so far.')];
  }
  return [
    list(lines.map((line) => guestItem(event, line))),
    note('I know no member for these guests of lu.ma’s. If you know who somebody is, assign them; you can undo it.'),
  ];
}

function guestItem({ id }: Event, { guest, assignedTo }: GuestLine): ListItem {
  const ref = { event: id, guest: guest.lumaGuestId };
  const undo = assignedTo && button('Undo', undoAssign.with({ ...ref, member: assignedTo.memberId }));
  return {
    title: guestName(guest),
    lines: [guestState(guest), ...(assignedTo ? [rich`Assigned to ${bold(assignedTo.name)}`] : [])],
    button: undo ?? button('Assign', askWhoGuestIs.with(ref)),
  };
}
