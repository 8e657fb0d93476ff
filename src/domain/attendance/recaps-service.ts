import { type Clock, fromInstantText } from '../../shared/clock.js';
import { endOf } from '../events/event.js';
import type { EventId, MemberId } from '../ids.js';
import type { Org, Page } from '../orgs/org.js';
import { isOrgAdmin } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type NamedPerson, type ShownEventAttendance, showAttendance, withNames } from './event-attendance-service.js';
import { type AboutRecap, isRecapStale } from './recaps.js';

/** How many newcomers are named. */
const MOST_NEWCOMERS = 8;

/** One event of a recap. */
export interface RecappedEvent extends ShownEventAttendance {
  /** Members who came to an event of the org for the first time; the first of them by name. */
  newcomers: Page<NamedPerson>;
}

export interface Recap {
  org: Org;
  events: RecappedEvent[];
}

export type RecapsService = ReturnType<typeof createRecapsService>;

/** What an org's admins hear the morning after its events. */
export function createRecapsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * The recap as things stand; nothing for whoever is no admin any more, when the org switched recaps off, when it is
     * about nothing that took place, or when nobody was to be asked.
     */
    async find(about: AboutRecap, memberId: MemberId): Promise<Recap | undefined> {
      return inTransaction(
        async (repositories) => {
          const { orgs, feedbackSettings, recaps } = repositories;
          const org = await orgs.find(about.org);
          if (!org || org.isHidden || isRecapStale(about, clock.now())) return undefined;
          if (!(await isOrgAdmin(orgs, org, { memberId, managedSpace: undefined }))) return undefined;
          if (!(await feedbackSettings.get(org.id)).sendsRecaps) return undefined;
          const events: RecappedEvent[] = [];
          for (const eventId of await recaps.list(memberId, org.id, fromInstantText(about.at))) {
            const event = await recapOf(repositories, org, eventId);
            if (event) events.push(event);
          }
          return events.length === 0 ? undefined : { org, events };
        },
        { isReadOnly: true },
      );
    },
  };

  async function recapOf(repositories: Repositories, org: Org, eventId: EventId): Promise<RecappedEvent | undefined> {
    const event = await repositories.events.find(eventId);
    if (event?.state !== 'on' || event.orgId !== org.id || endOf(event) > clock.now()) return undefined;
    const shown = await showAttendance(repositories, { event, org });
    if (Object.values(shown.counts.byStatus).every((people) => people === 0)) return undefined;
    const first = { page: 0, pageSize: MOST_NEWCOMERS };
    const newcomers = await repositories.eventAttendance.listPeople(eventId, 'newcomers', first);
    return { ...shown, newcomers: { ...newcomers, items: await withNames(repositories, newcomers.items) } };
  }
}
