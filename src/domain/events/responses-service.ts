import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { DomainError } from '../errors.js';
import type { EventId, MemberId } from '../ids.js';
import type { Membership } from '../orgs/org.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { phaseOf } from './event-phase.js';
import { visibleRow } from './events-service.js';
import { settleGuests } from './guest-settling.js';
import type { ListedEvent } from './listed-event.js';
import { personalLinkTo } from './personal-links.js';
import type { ResponseValue } from './response.js';

export type ResponsesService = ReturnType<typeof createResponsesService>;

/** What came of an answer: the event as it stands now, and what the member can go on with. */
export interface Responded extends ListedEvent {
  personalUrl: string | undefined;
  standing: Membership['status'] | undefined;
}

/** Forgets what a member said; what lu.ma's guest list says for them then counts again. */
async function takeBack(repositories: Repositories, eventId: EventId, memberId: MemberId, now: DateTime) {
  await repositories.responses.remove(eventId, memberId);
  await settleGuests(repositories, { events: [eventId] }, now);
}

/** What members say about events before they begin. */
export function createResponsesService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * Records a member's own answer, or takes it back (`none`). The same answer again changes nothing.
     *
     * @param rights of the member; what they may not see, they cannot answer.
     * @throws DomainError `events.gone`, `events.cancelled`, `events.over`.
     */
    async respond(
      eventId: EventId,
      response: ResponseValue | 'none',
      rights: Rights & { memberId: MemberId },
    ): Promise<Responded> {
      const now = clock.now();
      const { memberId } = rights;
      return inTransaction(async (repositories) => {
        const { responses, orgs, personalLinks } = repositories;
        const { event, org } = await visibleRow(repositories, eventId, rights);
        const phase = phaseOf(event, now);
        if (phase === 'cancelled') throw new DomainError({ code: 'events.cancelled', eventId, title: event.title });
        if (phase === 'over') throw new DomainError({ code: 'events.over', eventId, title: event.title });
        const said = await responses.find(eventId, memberId);
        const isRepeat = said?.response === response && said.source === 'member';
        if (response === 'none') await takeBack(repositories, eventId, memberId, now);
        else if (!isRepeat) await responses.save({ eventId, memberId, response, source: 'member', respondedAt: now });
        return {
          ...(await visibleRow(repositories, eventId, rights)),
          phase,
          personalUrl: await personalLinkTo(personalLinks, event, memberId, now),
          standing: (await orgs.findMembership(org.id, memberId))?.status,
        };
      });
    },
  };
}
