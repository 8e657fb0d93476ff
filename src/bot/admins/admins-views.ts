import type { MemberId } from '../../domain/ids.js';
import type { OrgAdmin, RolePreview } from '../../domain/orgs/admins-service.js';
import type { Org, OrgSummary, Page } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { showSettings } from '../manage/manage-actions.js';
import { countWords } from '../numbers.js';
import { bold, rich, time } from '../text.js';
import {
  type Block,
  button,
  buttons,
  type ListItem,
  list,
  message,
  note,
  pager,
  paragraph,
  type View,
} from '../views.js';
import { adminsPage, askToRemove, confirmAdd, confirmRemove } from './admins-actions.js';

/** Who looks after an org, each with the way to take the role away. */
export function adminsView(
  { org, page }: { org: Org; page: Page<OrgAdmin> },
  reader: MemberId | undefined,
  ...before: Block[]
): View {
  return {
    title: rich`Admins of ${org.name}`,
    blocks: [
      ...before,
      ...(page.total === 0
        ? [paragraph('Nobody has the role yet. Whoever manages its server or workspace looks after it there.')]
        : [paragraph(countWords(page.total, 'admin')), list(page.items.map((admin) => adminItem(org, admin, reader)))]),
      ...pager(page, (to) => adminsPage.with({ org: org.id, page: to })),
      buttons(
        button('Add an admin', runs('manage admins add', { org: org.slug }), 'primary'),
        button('Settings', showSettings.with({ org: org.id })),
      ),
      note('Whoever manages a connected server or workspace has the same rights there, without standing here.'),
    ],
  };
}

function adminItem({ id }: Org, { memberId, name, joinedAt }: OrgAdmin, reader: MemberId | undefined): ListItem {
  return {
    title: memberId === reader ? `${name} (you)` : name,
    lines: [rich`member since ${time(joinedAt, 'day')}`],
    button: button(memberId === reader ? 'Step down' : 'Remove', askToRemove.with({ org: id, member: memberId })),
  };
}

/** The question before somebody becomes an admin. */
export function addCard({ org, person }: RolePreview): View {
  return {
    title: rich`Make ${person.name} an admin of ${org.name}?`,
    blocks: [
      paragraph(
        'Admins change the org’s settings, answer requests, see its members as far as each allows, and make others admins. I’ll tell them.',
      ),
      buttons(
        button('Confirm', confirmAdd.with({ org: org.id, member: person.memberId }), 'primary'),
        button('Cancel', adminsPage.with({ org: org.id, page: 0 })),
      ),
    ],
  };
}

/** The question before the role is taken away. */
export function removeCard({ org, person }: RolePreview, reader: MemberId): View {
  const isSelf = person.memberId === reader;
  return {
    title: isSelf ? rich`Step down as an admin of ${org.name}?` : rich`Take the admin role from ${person.name}?`,
    blocks: [
      paragraph(
        isSelf
          ? 'You stay a member. Another admin can give you the role again.'
          : rich`They stay a member of ${org.name}. You can give the role back at any time.`,
      ),
      buttons(
        button('Confirm', confirmRemove.with({ org: org.id, member: person.memberId }), 'danger'),
        button('Cancel', adminsPage.with({ org: org.id, page: 0 })),
      ),
    ],
  };
}

/** How somebody's role stands now. */
export function roleNote({ person, isAdmin }: RolePreview): Block {
  return paragraph(rich`${bold(person.name)} is ${isAdmin ? 'an admin' : 'a member without the admin role'} now.`);
}

/** After an admin took the role off themselves. */
export function steppedDownView({ org }: RolePreview): View {
  return message(
    rich`Done: you’re a member of ${bold(org.name)}, and its admin no longer. Thank you for looking after it!`,
    buttons(button('My orgs', runs('orgs mine')), button('Show org', runs('orgs show', { org: org.slug }))),
  );
}

/** For a question that has answered itself: they have the role already, or never had it. */
export function alreadyView({ org, person, isAdmin }: RolePreview): View {
  return message(
    isAdmin
      ? rich`${bold(person.name)} is an admin of ${bold(org.name)} already. Nothing to do!`
      : rich`${bold(person.name)} is no admin of ${bold(org.name)}, so there is nothing to take away.`,
    buttons(button('Admins', adminsPage.with({ org: org.id, page: 0 }))),
  );
}

/** To somebody who has just been made an admin. */
export function welcomeAdminView({ org }: OrgSummary): View {
  return {
    title: rich`You’re an admin of ${org.name} now`,
    tone: 'good',
    blocks: [
      paragraph(
        'You can change its settings, answer requests and invite people; I’ll write to you when somebody asks to join.',
      ),
      buttons(
        button('Settings', showSettings.with({ org: org.id }), 'primary'),
        button('Admins', adminsPage.with({ org: org.id, page: 0 })),
      ),
      note('You get this because another admin gave you the role. You can step down among the admins.'),
    ],
  };
}

/** To the admins of an org that whoever runs this Rollcall has looked at. */
export function verifiedView({ org }: OrgSummary): View {
  return {
    title: rich`${org.name} has a yes`,
    tone: 'good',
    blocks: [
      paragraph(
        org.isListed
          ? 'Whoever runs this Rollcall has looked at it: the directory shows it from now on.'
          : 'Whoever runs this Rollcall has looked at it. You chose to keep it out of the directory, so it stays out.',
      ),
      buttons(
        button('Settings', showSettings.with({ org: org.id })),
        button('Show org', runs('orgs show', { org: org.slug })),
      ),
      note('You get this because you are an admin of it.'),
    ],
  };
}
