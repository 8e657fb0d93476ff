import { z } from 'zod';
import type { AdminStatus, MarkedPerson, PersonToMark } from '../../domain/attendance/attendance-admin-service.js';
import type { NamedPerson } from '../../domain/attendance/event-attendance-service.js';
import type { Event } from '../../domain/events/event.js';
import { EventId, type MemberId } from '../../domain/ids.js';
import type { Page } from '../../domain/orgs/org.js';
import { defineForm } from '../forms.js';
import { memberField } from '../manage/member-field.js';
import { countWords, numberWords } from '../numbers.js';
import type { Suggest } from '../options.js';
import { short } from '../short-text.js';
import { bold, rich } from '../text.js';
import { type Block, button, buttons, list, note, pager, paragraph, type View } from '../views.js';
import * as actions from './event-attendance-actions.js';
import { backButton, saidWords } from './event-attendance-views.js';
import { knownOfWords, MARK_LABELS } from './event-attendance-words.js';

const MOST_NAME = 60;
/** Names in one sentence; the others are counted. */
const MOST_NAMED = 10;

/** Whom to mark: the event's people to choose from, and a way to everybody else in the org. */
export function whomToMarkView({ event, page }: { event: Event; page: Page<NamedPerson> }): View {
  const blocks: Block[] =
    page.items.length === 0
      ? [paragraph('Nobody said they would come. Whoever is in the org can be found by name.')]
      : [
          paragraph(
            `Choose one or several, then say whether they came. ${countWords(page.total, 'person', 'people')}; those of whom nothing is known come first.`,
          ),
          whomSelect({ event, page }, []),
        ];
  return {
    title: rich`Mark by hand: ${event.title}`,
    blocks: [
      ...blocks,
      ...pager(page, (to) => actions.choosePeopleToMark.with({ event: event.id, page: to })),
      buttons(button('Find by name', actions.askWhomToMark.with({ event: event.id })), backButton(event)),
    ],
  };
}

function whomSelect({ event, page }: { event: Event; page: Page<NamedPerson> }, chosen: readonly MemberId[]): Block {
  return {
    kind: 'select',
    placeholder: 'Whom do you want to mark?',
    action: actions.previewChosen.with({ event: event.id, page: page.page }),
    most: page.items.length,
    options: page.items.map((person) => ({
      value: person.memberId,
      label: short(person.name, MOST_NAME) || 'Somebody',
      description: [knownOfWords(person), ...saidWords(person)].join(' · '),
      isChosen: chosen.includes(person.memberId),
    })),
  };
}

/** Asks for somebody by name. */
export function whomForm(suggest: Suggest) {
  return defineForm({
    name: 'crm.mark-who',
    payload: z.object({ event: EventId }),
    access: 'anyone',
    title: 'Whom to mark?',
    submitLabel: 'Next',
    fields: { member: memberField('The name of a member of your org', suggest) },
    fieldFor: { 'admins.nobody': 'member' },
  });
}

/**
 * Whom the marks are for, before any is made. Those who were chosen from can still be: some platforms act at the first
 * choice, before one has made the second.
 */
export function markPreview(
  { event, people }: { event: Event; people: readonly PersonToMark[] },
  from?: Page<NamedPerson>,
): View {
  const members = people.map(({ memberId }) => memberId);
  const markButton = (status: AdminStatus) =>
    button(
      MARK_LABELS[status],
      actions.markAs.with({ event: event.id, members, status }),
      status === 'attended' ? 'primary' : undefined,
    );
  return {
    title: rich`${countWords(people.length, 'person', 'people')} at ${event.title}`,
    blocks: [
      list(people.map(({ name, attendance }) => ({ title: name, lines: [knownOfWords(attendance)] }))),
      ...(from && from.items.length > 1 ? [whomSelect({ event, page: from }, members)] : []),
      paragraph(people.length === 1 ? 'Did they come?' : 'Did they come? All get the same mark.'),
      buttons(
        markButton('attended'),
        markButton('partial'),
        markButton('absent'),
        markButton('none'),
        button('Cancel', actions.choosePeopleToMark.with({ event: event.id, page: 0 })),
      ),
      note('It counts over what they and lu.ma say. They see it, and the audit log has it. You can undo it.'),
    ],
  };
}

/** What was marked, with a way back. */
export function markedView(
  { event, people }: { event: Event; people: readonly MarkedPerson[] },
  status: AdminStatus,
): View {
  const changed = people.filter(({ before }) => before !== status);
  const undo = changed.map(({ memberId, before }) => ({ member: memberId, before }));
  return {
    tone: 'good',
    blocks: [
      paragraph(
        status === 'none'
          ? rich`At ${bold(event.title)}, what ${namesOf(people)} say counts again, or else lu.ma’s list.`
          : rich`At ${bold(event.title)}, marked as “${MARK_LABELS[status]}”: ${namesOf(people)}.`,
      ),
      ...(changed.length < people.length
        ? [note(`${numberWords(people.length - changed.length)} of them stood so already.`)]
        : []),
      afterwards(
        event,
        undo.length === 0 ? undefined : actions.undoMarks.with({ event: event.id, status, people: undo }),
      ),
    ],
  };
}

/** What was undone. */
export function unmarkedView({ event, people }: { event: Event; people: readonly PersonToMark[] }): View {
  return {
    tone: 'good',
    blocks: [
      ...(people.length === 0
        ? [paragraph('Nothing was changed: something else has been noted since.')]
        : [
            paragraph(rich`Undone at ${bold(event.title)}. It stands so now:`),
            list(people.map(({ name, attendance }) => ({ title: name, lines: [knownOfWords(attendance)] }))),
          ]),
      afterwards(event, undefined),
    ],
  };
}

function afterwards(event: Event, undo: ReturnType<typeof actions.undoMarks.with> | undefined): Block {
  return buttons(
    ...(undo ? [button('Undo', undo)] : []),
    button('Mark more', actions.choosePeopleToMark.with({ event: event.id, page: 0 })),
    backButton(event),
  );
}

function namesOf(people: readonly { name: string }[]): string {
  const named = people.slice(0, MOST_NAMED).map(({ name }) => short(name, MOST_NAME));
  const more = people.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${numberWords(more)} more` : named.join(', ');
}
