import type { Event } from '../../domain/events/event.js';
import type { Guest } from '../../domain/events/guests.js';
import type { Assignment } from '../../domain/events/guests-service.js';
import { defineForm } from '../forms.js';
import { memberField } from '../manage/member-field.js';
import { countWords } from '../numbers.js';
import type { Suggest } from '../options.js';
import { bold, rich } from '../text.js';
import { type Button, button, buttons, paragraph, type View } from '../views.js';
import { guestName, guestState } from './guest-words.js';
import { askWhoGuestIs, assignElsewhere, confirmAssign, guestsPage, undoAssign, Whom } from './guests-actions.js';

/** Asks which member a guest is; the name of the guest stands in the field, as it is most often theirs. */
export function assignForm(suggest: Suggest) {
  return defineForm({
    name: 'guests.who',
    payload: Whom,
    access: 'anyone',
    title: 'Who is this guest?',
    submitLabel: 'Next',
    fields: { member: memberField('Who this guest is: the name of a member of your org', suggest) },
    fieldFor: { 'admins.nobody': 'member' },
  });
}

/** The question before a walk-in is assigned; or that they are. */
export function assignCard(assignment: Assignment): View {
  const { event, guest, person } = assignment;
  if (guest.match) return assignedView(assignment);
  return {
    title: rich`Is ${guestName(guest)} ${person.name}?`,
    blocks: [
      paragraph(rich`At ${bold(event.title)}: ${guestState(guest)}.`),
      paragraph(
        rich`From here on this registration counts as ${bold(person.name)}’s, whatever lu.ma’s list brings later. You can undo it at any time.`,
      ),
      buttons(
        button('Confirm', confirmAssign.with(refOf(assignment)), 'primary'),
        button('Someone else', askWhoGuestIs.with({ event: event.id, guest: guest.lumaGuestId })),
        backTo(event, 'Cancel'),
      ),
    ],
  };
}

/** Who a guest is now. */
export function assignedView(assignment: Assignment): View {
  const { event, guest, person, elsewhere } = assignment;
  const ref = refOf(assignment);
  return {
    tone: 'good',
    blocks: [
      paragraph(rich`${guestName(guest)} at ${bold(event.title)} is ${bold(person.name)}.`),
      ...(elsewhere > 0
        ? [
            paragraph(
              `The same lu.ma account is an unknown guest at ${countWords(elsewhere, 'other event')} of yours, too.`,
            ),
          ]
        : []),
      buttons(
        ...(elsewhere > 0
          ? [button(`Also at ${countWords(elsewhere, 'other event')}`, assignElsewhere.with(ref), 'primary')]
          : []),
        backTo(event, 'All guests'),
        button('Undo', undoAssign.with(ref)),
      ),
    ],
  };
}

/** Who somebody is at the org's other events as well. */
export function assignedElsewhereView(assignment: Assignment & { assigned: number }): View {
  const { event, guest, person, assigned } = assignment;
  if (assigned === 0) return assignedView(assignment);
  return {
    tone: 'good',
    blocks: [
      paragraph(rich`${guestName(guest)} is ${bold(person.name)} at ${countWords(assigned, 'other event')} as well.`),
      buttons(backTo(event, 'All guests')),
    ],
  };
}

/** How a guest stands after an assignment was taken back. */
export function unassignedView({ event, guest }: { event: Event; guest: Guest }): View {
  const isWalkIn = guest.match === undefined;
  return {
    tone: 'good',
    blocks: [
      paragraph(
        isWalkIn
          ? rich`${guestName(guest)} is a guest I know no member for again.`
          : rich`Undone. By their link or address, ${guestName(guest)} is known to be a member all the same.`,
      ),
      buttons(backTo(event, 'All guests'), ...(isWalkIn ? [assignButton(event, guest)] : [])),
    ],
  };
}

const backTo = ({ id }: Event, label: string): Button => button(label, guestsPage.with({ event: id, page: 0 }));

const assignButton = ({ id }: Event, { lumaGuestId }: Guest): Button =>
  button('Assign', askWhoGuestIs.with({ event: id, guest: lumaGuestId }));

const refOf = ({ event, guest, person }: Assignment) => ({
  event: event.id,
  guest: guest.lumaGuestId,
  member: person.memberId,
});
