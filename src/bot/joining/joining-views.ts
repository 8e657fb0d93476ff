import type { Privacy } from '../../domain/members/member.js';
import type { JoinOutcome, LeaveOutcome } from '../../domain/orgs/membership.js';
import { type Org, type OrgSummary, placeName } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { askToJoin, askToLeave, cancel, confirmJoin, confirmLeave, showOrg } from '../orgs/orgs-actions.js';
import { memberCount, ORG_TYPE_LABELS } from '../orgs/orgs-views.js';
import { bold, rich, type TextInput } from '../text.js';
import { button, buttons, paragraph, type View } from '../views.js';

/** The card before joining: what Confirm does, and what the org's admins then see. */
export function joinCard({
  outcome,
  summary: { org, activeMembers },
  code,
  privacy,
}: {
  outcome: JoinOutcome;
  summary: OrgSummary;
  code: string | undefined;
  privacy: Privacy;
}): View {
  const seen = privacy.isProfileShared ? 'your name and profile' : 'your name alone, as you chose';
  const first = code === undefined ? 'You’ll be in at once.' : 'Your invite lets you in at once.';
  const consequence =
    outcome === 'requested'
      ? `An organiser decides on your request, and sees ${seen} to do so. I’ll tell you what they say.`
      : `${first} Its admins will see ${seen}.`;
  return {
    title: outcome === 'requested' ? rich`Ask to join ${org.name}?` : rich`Join ${org.name}?`,
    blocks: [
      paragraph([ORG_TYPE_LABELS[org.type], placeName(org), memberCount(activeMembers)].join(' · ')),
      paragraph(consequence),
      buttons(
        button('Confirm', confirmJoin.with({ org: org.id, code }), 'primary'),
        button('Cancel', cancel.with({ org: org.id })),
      ),
    ],
  };
}

/** After joining, or asking to. */
export function joinedView(outcome: JoinOutcome, summary: OrgSummary): View {
  const { org } = summary;
  return {
    tone: 'good',
    blocks: [
      paragraph(joinedWords(outcome, org)),
      buttons(
        button('Show org', showOrg.with({ org: org.id })),
        button('My orgs', runs('orgs mine')),
        outcome === 'requested' || outcome === 'already-requested'
          ? button('Withdraw request', askToLeave.with({ org: org.id }))
          : button('Edit profile', runs('profile edit')),
      ),
    ],
  };
}

function joinedWords(outcome: JoinOutcome, { name }: Org): TextInput {
  switch (outcome) {
    case 'joined':
      return rich`You’re in ${bold(name)}. Welcome!`;
    case 'rejoined':
      return rich`Welcome back to ${bold(name)}! Your history there is as you left it.`;
    case 'requested':
      return rich`Your request to join ${bold(name)} is with its organisers. I’ll tell you when they answer.`;
    case 'already-member':
      return rich`You’re already in ${bold(name)}. Nothing to do!`;
    case 'already-requested':
      return rich`Your request to join ${bold(name)} is already waiting for an organiser.`;
  }
}

/** The question before leaving. */
export function leaveCard(outcome: LeaveOutcome, org: Org): View {
  const isRequest = outcome === 'withdrawn';
  return {
    title: isRequest ? rich`Withdraw your request to ${org.name}?` : rich`Leave ${org.name}?`,
    blocks: [
      paragraph(
        isRequest
          ? 'Its organisers will no longer see it. You can ask again.'
          : 'You’ll hear nothing more from it. Your history stays, and comes back if you rejoin.',
      ),
      buttons(
        button('Confirm', confirmLeave.with({ org: org.id }), 'danger'),
        button('Cancel', cancel.with({ org: org.id })),
      ),
    ],
  };
}

/** After leaving, with the way back. */
export function leftView(outcome: LeaveOutcome, org: Org): View {
  const words =
    outcome === 'left'
      ? rich`You’ve left ${bold(org.name)}.`
      : rich`Your request to join ${bold(org.name)} is withdrawn.`;
  return {
    blocks: [
      paragraph(words),
      buttons(
        button(outcome === 'left' ? 'Rejoin' : 'Ask again', askToJoin.with({ org: org.id })),
        button('Browse orgs', runs('orgs browse')),
      ),
    ],
  };
}
