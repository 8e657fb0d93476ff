import type { Clock } from '../../shared/clock.js';
import type { EventRow } from '../events/event-listing-repository.js';
import type { InTransaction } from '../repositories.js';
import type { Org, OrgSummary } from './org.js';
import type { SpaceRef } from './rights.js';

export type OrgPageService = ReturnType<typeof createOrgPageService>;

/** What an org's public page tells: no more of its members than their number. */
export interface OrgPage extends Pick<OrgSummary, 'org' | 'activeMembers'> {
  /** The servers and workspaces where it is at home. */
  spaces: SpaceRef[];
}

/** The same with its public events. */
export interface OrgPageWithEvents extends OrgPage {
  /** The next first, cancelled ones among them. */
  upcoming: EventRow[];
  /** How many are ahead, those that are not in `upcoming` as well. */
  upcomingTotal: number;
  /** The last first. */
  past: EventRow[];
  /** Its calendars whose id on lu.ma is known, for showing them as lu.ma does. */
  calendars: LumaCalendar[];
}

/** A calendar on lu.ma. */
export interface LumaCalendar {
  /** lu.ma's `cal-…`. */
  id: string;
  name: string;
}

/** How many events a page shows. */
const MOST_UPCOMING = 20;
const MOST_PAST = 10;

/** Anybody on the web. */
const VISITOR = { memberId: undefined, managedOrgId: undefined };

/** Where an org's page is on the web; nowhere, as far as we know, without the address that we are reached at. */
export function orgPageUrl(publicUrl: string | undefined, { slug }: Pick<Org, 'slug'>): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}/o/${slug}`;
}

/** Slugs are lower-case ASCII with hyphens, at most 50 characters (product.md section 12, "Orgs"). */
const SLUG = /^[a-z0-9][a-z0-9-]{0,49}$/;

/** What the web shows of orgs, to anyone. */
export function createOrgPageService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const find = async (slug: string): Promise<OrgPage | undefined> => {
    if (!SLUG.test(slug)) return undefined;
    return inTransaction(
      async ({ orgs, spaces }) => {
        const id = await orgs.findIdBySlug(slug);
        const summary = id && (await orgs.findSummary(id, undefined));
        if (!summary || summary.org.isHidden) return undefined;
        const { org, activeMembers } = summary;
        return { org, activeMembers, spaces: await spaces.list(org.id) };
      },
      { isReadOnly: true },
    );
  };

  return {
    /** The org of that very slug, unlisted ones too; nothing for one that does not exist or that an operator has hidden. */
    find,

    /** The same with its public events; times are the events' own. */
    async findWithEvents(slug: string): Promise<OrgPageWithEvents | undefined> {
      const found = await find(slug);
      if (!found) return undefined;
      const scope = { kind: 'org' as const, orgId: found.org.id };
      const now = clock.now();
      return inTransaction(
        async ({ eventListing, sources }) => ({
          ...found,
          upcoming: await eventListing.list(scope, { direction: 'ahead', now }, VISITOR, {
            limit: MOST_UPCOMING,
            offset: 0,
          }),
          upcomingTotal: await eventListing.count(scope, { direction: 'ahead', now }, VISITOR),
          past: await eventListing.list(scope, { direction: 'past', now }, VISITOR, { limit: MOST_PAST, offset: 0 }),
          calendars: (await sources.list(found.org.id)).flatMap(({ calendarId, name }) =>
            calendarId === undefined ? [] : [{ id: calendarId, name }],
          ),
        }),
        { isReadOnly: true },
      );
    },
  };
}
