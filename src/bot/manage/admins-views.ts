import type { FoundPeople, OrgPerson } from '../../domain/orgs/admins-service.js';
import type { Org } from '../../domain/orgs/org.js';
import type { ActionRef } from '../actions.js';
import { runs } from '../actions.js';
import { countWords, numberWords } from '../numbers.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { short } from '../short-text.js';
import { bold, commandName, rich, time } from '../text.js';
import { type Block, type Button, button, buttons, list, note, pager, paragraph, type View } from '../views.js';
import { adminsPage, askToRemove, confirmAdd, confirmRemove } from './admins-actions.js';

const ADMINS_A_PAGE = 8;

/** Who looks after an org, with Remove for each. */
export function adminsView({ org, admins }: { org: Org; admins: OrgPerson[] }, page = 0, ...before: Block[]): View {
  const pages = Math.max(1, Math.ceil(admins.length / ADMINS_A_PAGE));
  const shown = Math.min(page, pages - 1);
  const people = admins.slice(shown * ADMINS_A_PAGE, (shown + 1) * ADMINS_A_PAGE);
  return {
    title: rich`Admins of ${org.name}`,
    blocks: [
      ...before,
      paragraph(
        admins.length === 0
          ? 'Nobody has the role yet. Whoever manages the server or workspace looks after it meanwhile.'
          : countWords(admins.length, 'admin'),
      ),
      ...(people.length > 0 ? [list(people.map((person) => adminItem(org, person)))] : []),
      ...pager({ page: shown, pages }, (to) => adminsPage.with({ org: org.id, page: to })),
      note(
        rich`${commandName('manage admins add')} gives a member the role. Whoever manages a connected server or workspace has an admin’s rights there, too.`,
      ),
    ],
  };
}

function adminItem(org: Org, { memberId, name, joinedAt }: OrgPerson) {
  return {
    title: name,
    lines: [rich`Member since ${time(joinedAt, 'day')}`],
    button: button('Remove', askToRemove.with({ org: org.id, member: memberId })),
  };
}

/** Several people that a name may mean, or nobody but some who come near; `instead` leads elsewhere. */
export function whichPersonView(
  { kind, org, people, more }: Exclude<FoundPeople, { kind: 'one' }>,
  text: string,
  next: (person: OrgPerson) => ActionRef,
  instead: Button = button('All admins', adminsPage.with({ org: org.id, page: 0 })),
): View {
  const asked = bold(short(text));
  return {
    title: 'Who do you mean?',
    blocks: [
      paragraph(
        kind === 'several'
          ? rich`“${asked}” may be several people:`
          : rich`Nobody in ${bold(org.name)} goes by “${asked}”. Did you mean one of these?`,
      ),
      list(
        people.map((person) => ({
          title: person.name,
          lines: [rich`Member since ${time(person.joinedAt, 'day')}${person.role === 'admin' ? ' · admin' : ''}`],
          button: button('Choose', next(person)),
        })),
      ),
      ...(more > 0 ? [note(`${numberWords(more)} more fit. Write more of the name to find them.`)] : []),
      buttons(instead),
    ],
  };
}

/** The question before somebody gets the role; or that they have it. */
export function addCard({ org, person }: { org: Org; person: OrgPerson }): View {
  if (person.role === 'admin') return roleView({ org, person });
  return {
    title: rich`Make ${person.name} an admin?`,
    blocks: [
      paragraph(
        rich`They can change the settings of ${bold(org.name)}, answer requests, invite people and see its members. I’ll tell them.`,
      ),
      buttons(
        button('Confirm', confirmAdd.with({ org: org.id, member: person.memberId }), 'primary'),
        button('Cancel', adminsPage.with({ org: org.id, page: 0 })),
      ),
    ],
  };
}

/** The question before somebody loses the role; or that they do not have it. */
export function removeCard({ org, person }: { org: Org; person: OrgPerson }, { isOwn }: { isOwn: boolean }): View {
  if (person.role !== 'admin') return roleView({ org, person });
  return {
    title: isOwn ? rich`Give up your admin role in ${org.name}?` : rich`Take the admin role from ${person.name}?`,
    blocks: [
      paragraph(
        isOwn
          ? rich`You stay a member of ${bold(org.name)}. Another admin can make you one again.`
          : rich`They stay a member of ${bold(org.name)}, and can be made an admin again.`,
      ),
      buttons(
        button('Confirm', confirmRemove.with({ org: org.id, member: person.memberId }), 'danger'),
        button('Cancel', adminsPage.with({ org: org.id, page: 0 })),
      ),
    ],
  };
}

/** How somebody stands now. */
export function roleView({ org, person }: { org: Org; person: OrgPerson }): View {
  const words =
    person.role === 'admin'
      ? rich`${bold(person.name)} is an admin of ${bold(org.name)}.`
      : rich`${bold(person.name)} is a member of ${bold(org.name)}, and no admin.`;
  return {
    tone: 'good',
    blocks: [
      paragraph(words),
      buttons(
        button('All admins', adminsPage.with({ org: org.id, page: 0 })),
        button('Settings', runs('manage show', { org: org.slug })),
      ),
    ],
  };
}

/** To whoever gave up their own role, and may not see the list any more. */
export function gaveUpView({ org }: { org: Org }): View {
  return {
    tone: 'good',
    blocks: [
      paragraph(
        rich`You are no longer an admin of ${bold(org.name)}, but still a member. Thank you for looking after it!`,
      ),
      buttons(button('Show org', showOrg.with({ org: org.id })), button('My orgs', runs('orgs mine'))),
    ],
  };
}

/** To whoever was made an admin. */
export function madeAdminView(org: Org): View {
  return {
    tone: 'good',
    title: rich`You’re an admin of ${org.name}`,
    blocks: [
      paragraph('You can change its settings, answer requests to join and invite people.'),
      buttons(
        button('Settings', runs('manage show', { org: org.slug }), 'primary'),
        button('Requests', runs('manage requests', { org: org.slug })),
        button('Show org', showOrg.with({ org: org.id })),
      ),
      note('You get this because somebody who looks after it gave you the role. Write “stop” and I’ll send no more.'),
    ],
  };
}
