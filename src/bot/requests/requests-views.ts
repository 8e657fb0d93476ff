import { ASK_AGAIN_DAYS, type RequestCard } from '../../domain/orgs/join-request.js';
import type { Org, OrgSummary, Page } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { inviteButton } from '../invites/invites-views.js';
import { countWords } from '../numbers.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { CAREER_STAGE_LABELS } from '../profile/profile-views.js';
import { bold, type RichText, rich, time } from '../text.js';
import { type Block, button, buttons, type Field, fields, note, pager, paragraph, type View } from '../views.js';
import { approveRequest, askToDecline, confirmDecline, keepRequest, requestsPage } from './requests-actions.js';

/** One page of what waits in an org, below what has just been answered. */
export function requestsView({ org, page }: { org: Org; page: Page<RequestCard> }, ...before: Block[]): View {
  if (page.total === 0) return noRequestsView(org, before);
  const waiting = countWords(page.total, 'person asks', 'people ask');
  return {
    title: rich`Requests to join ${org.name}`,
    blocks: [
      ...before,
      paragraph(rich`${waiting} to join, the longest waiting first.`),
      ...page.items.flatMap((card) => [
        paragraph(rich`${bold(card.asker.name)}${summaryWords(card)}`),
        answerButtons(card, page.page),
      ]),
      ...pager(page, (to) => requestsPage.with({ org: org.id, page: to })),
    ],
  };
}

function noRequestsView(org: Org, before: Block[]): View {
  const words =
    org.joinPolicy === 'approval'
      ? 'Nobody is waiting. New requests come to you as a direct message.'
      : 'Nobody is waiting: this org is open, so people join at once.';
  return {
    title: rich`Requests to join ${org.name}`,
    blocks: [
      ...before,
      paragraph(words),
      buttons(inviteButton(org), button('Settings', runs('manage show', { org: org.slug }))),
    ],
  };
}

/** What stands behind the name in a list: a headline if it is shown, and since when they wait. */
function summaryWords({ asker, request, isReturning }: RequestCard): RichText {
  return [
    ...(asker.headline === '' ? [] : [`, ${asker.headline}`]),
    '\nAsked ',
    time(request.askedAt, 'relative'),
    ...(isReturning ? [' · was a member before'] : []),
    ...(asker.isProfileShown ? [] : [' · keeps their profile to themselves']),
  ];
}

function answerButtons({ request }: RequestCard, page: number | undefined): Block {
  return buttons(
    button('Approve', approveRequest.with({ request: request.id, page }), 'primary'),
    button('Decline', askToDecline.with({ request: request.id, page })),
  );
}

/** One request: who asks, as far as they show it, with the answers; or how it stands, once it was answered. */
export function requestView(card: RequestCard, ...before: Block[]): View {
  const { asker, org, request } = card;
  const isPending = request.state === 'pending';
  return {
    title: isPending ? rich`${asker.name} asks to join ${org.name}` : rich`${asker.name} and ${org.name}`,
    ...(request.state === 'approved' ? { tone: 'good' as const } : {}),
    blocks: [
      ...before,
      ...(isPending ? askerBlocks(card) : [paragraph(stateWords(card))]),
      isPending ? answerButtons(card, undefined) : nextButtons(org),
      ...(isPending ? [note('You get this because you are an admin there. Write “stop” and I’ll send no more.')] : []),
    ],
  };
}

function askerBlocks({ asker, request, isReturning }: RequestCard): Block[] {
  const told: Field[] = [
    { label: 'About', value: asker.headline },
    { label: 'Career stage', value: asker.careerStage ? CAREER_STAGE_LABELS[asker.careerStage] : '' },
    { label: 'Skills', value: asker.skills.join(', ') },
    { label: 'Looking for', value: asker.lookingFor },
  ].filter(({ value }) => value !== '');
  const nothing = asker.isProfileShown
    ? 'They have not told anything about themselves yet.'
    : 'They keep their profile to themselves.';
  return [
    ...(told.length > 0 ? [fields(...told)] : [paragraph(nothing)]),
    paragraph(rich`Asked ${time(request.askedAt, 'relative')}${isReturning ? ' · was a member before' : ''}`),
  ];
}

/** How a request ended, for somebody who comes to it later. */
function stateWords({ asker, request, decidedBy }: RequestCard): RichText {
  const when = request.decidedAt ? rich`, ${time(request.decidedAt, 'relative')}` : [];
  const who = decidedBy ?? 'an organiser';
  switch (request.state) {
    case 'pending':
      return rich`${bold(asker.name)} is waiting for an answer.`;
    case 'approved':
      return rich`Approved by ${bold(who)}${when}. ${bold(asker.name)} has been told.`;
    case 'declined':
      return rich`Declined by ${bold(who)}${when}. ${bold(asker.name)} has been told, and may ask again ${String(ASK_AGAIN_DAYS)} days later.`;
    case 'withdrawn':
      return rich`${bold(asker.name)} took the request back${when}, so there is nothing to decide.`;
    case 'superseded':
      return rich`${bold(asker.name)} came in by another way${when}, so there is nothing to decide.`;
  }
}

function nextButtons(org: Org): Block {
  return buttons(
    button('All requests', runs('manage requests', { org: org.slug })),
    button('Show org', showOrg.with({ org: org.id })),
  );
}

/** What has just been answered, above the list that goes on. */
export function answeredNote(card: RequestCard): Block {
  return paragraph(stateWords(card));
}

/** The question before a decline. */
export function declineCard({ asker, org, request }: RequestCard, page: number | undefined): View {
  return {
    title: rich`Decline ${asker.name}’s request?`,
    blocks: [
      paragraph(
        rich`I’ll tell them kindly that ${bold(org.name)} can’t take them in at the moment. They may ask again in ${String(ASK_AGAIN_DAYS)} days, and an invite lets them in at any time.`,
      ),
      buttons(
        button('Confirm', confirmDecline.with({ request: request.id, page }), 'danger'),
        button('Cancel', keepRequest.with({ request: request.id, page })),
      ),
    ],
  };
}

/** To whoever asked: they are in. */
export function approvedView({ org }: OrgSummary): View {
  return {
    tone: 'good',
    title: rich`You’re in ${org.name}`,
    blocks: [
      paragraph(rich`Its organisers said yes to your request. Welcome!`),
      buttons(
        button('Show org', showOrg.with({ org: org.id }), 'primary'),
        button('My orgs', runs('orgs mine')),
        button('Edit profile', runs('profile edit')),
      ),
      note('You get this because you asked to join.'),
    ],
  };
}

/** To whoever asked: not this time, when they may ask again, and where else to look. */
export function declinedView({ org }: OrgSummary, mayAskAgainAt: RichText): View {
  return {
    title: rich`Your request to join ${org.name}`,
    blocks: [
      paragraph(
        rich`The organisers of ${bold(org.name)} can’t take you in at the moment. Groups are often full or between rounds, so please don’t take it to heart.`,
      ),
      paragraph(rich`You may ask again from ${mayAskAgainAt}, and an invite from them lets you in at any time.`),
      buttons(button('Browse orgs', runs('orgs browse'), 'primary'), button('My orgs', runs('orgs mine'))),
      note('You get this because you asked to join.'),
    ],
  };
}
