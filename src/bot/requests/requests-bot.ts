import type { z } from 'zod';
import { ASK_AGAIN_DAYS, type RequestAnswer } from '../../domain/orgs/join-request.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { AboutRequest, REQUEST_ALERT, REQUEST_ANSWER } from '../../domain/orgs/request-messages.js';
import type { RequestsService } from '../../domain/orgs/requests-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { type Reply, replace, show } from '../reply.js';
import { rich, time } from '../text.js';
import * as actions from './requests-actions.js';
import { answeredNote, approvedView, declineCard, declinedView, requestsView, requestView } from './requests-views.js';

type Tapped = z.output<(typeof actions.approveRequest)['payload']>;

/** `/manage requests`, the direct message that an admin gets for each request, and the one with the answer. */
export function requestsBot({ orgs, requests }: { orgs: OrgsService; requests: RequestsService }): BotModule {
  const listCommand = command({
    name: 'manage requests',
    description: 'People who ask to join, with Approve and Decline',
    access: 'anyone',
    options: { org: orgOption(orgs, 'The org; this server’s own when left out') },
    run: async (actor, { org }) =>
      show(requestsView(await requests.listFor({ org, space: spaceOf(actor) }, rightsOf(actor)))),
  });

  /** Answers, then goes on with the list that the tap was made in, or shows the card as it stands now. */
  const answer = async (actor: Actor, { request, page }: Tapped, decision: RequestAnswer): Promise<Reply> => {
    const { card } = await requests.answer(request, decision, rightsOf(actor));
    if (page === undefined) return replace(requestView(card));
    return replace(requestsView(await requests.list(card.org.id, rightsOf(actor), page), answeredNote(card)));
  };

  const askDecline = async (actor: Actor, { request, page }: Tapped): Promise<Reply> => {
    const card = await requests.card(request, rightsOf(actor));
    return replace(card.request.state === 'pending' ? declineCard(card, page) : requestView(card));
  };

  const keep = async (actor: Actor, { request, page }: Tapped): Promise<Reply> => {
    const card = await requests.card(request, rightsOf(actor));
    if (page === undefined) return replace(requestView(card));
    return replace(requestsView(await requests.list(card.org.id, rightsOf(actor), page)));
  };

  const alert = onDelivery(REQUEST_ALERT, AboutRequest, async (recipient, { request }) => {
    // The service refuses whoever is no admin any more, and the message is dropped.
    const card = await requests.card(request, rightsOf(recipient));
    const isWanted = card.request.state === 'pending' && !recipient.member.stoppedAt;
    return isWanted ? requestView(card) : undefined;
  });

  const tellAnswer = onDelivery(REQUEST_ANSWER, AboutRequest, async ({ memberId }, { request: id }) => {
    const found = await requests.findAnswer(id, memberId);
    if (!found) return undefined;
    if (found.answer === 'approved') return approvedView(found.summary);
    const from = found.request.decidedAt?.plus({ days: ASK_AGAIN_DAYS });
    return declinedView(found.summary, from ? [time(from, 'day')] : rich`next week`);
  });

  return {
    commands: [listCommand],
    actions: [
      onAction(actions.requestsPage, async (actor, { org, page }) =>
        replace(requestsView(await requests.list(org, rightsOf(actor), page))),
      ),
      onAction(actions.approveRequest, (actor, tapped) => answer(actor, tapped, 'approved')),
      onAction(actions.askToDecline, askDecline),
      onAction(actions.confirmDecline, (actor, tapped) => answer(actor, tapped, 'declined')),
      onAction(actions.keepRequest, keep),
    ],
    messages: [alert, tellAnswer],
  };
}
