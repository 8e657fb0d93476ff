import type { Clock } from '../../shared/clock.js';
import { type AuditAction, auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import { type MemberId, newSourceId, type OrgId, type SourceId } from '../ids.js';
import type { Org } from '../orgs/org.js';
import { type OrgAsked, orgForAdmin } from '../orgs/org-for-admin.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { readAccess, type ToldAccess, tryCalendar } from './calendar-trial.js';
import { withdrawEvents } from './disconnecting.js';
import type { EventFacts } from './event.js';
import type { FollowChanges } from './event-changes.js';
import { type OpenSource, SourceProblem } from './event-source.js';
import { newConnection } from './new-connection.js';
import type { Source, SourceSecrets } from './source.js';
import { createSourceOffers, type SourceOffer } from './source-offers.js';
import type { EventCounts } from './sources-repository.js';
import type { SyncOutcome, SyncService } from './sync-service.js';

/** A calendar of an org with how many of its events are on. */
export interface SourceCard {
  org: Org;
  source: Source;
  events: EventCounts;
}

/** A calendar that was found, with what helps an organiser to see that it is theirs. */
export interface FoundCalendar {
  org: Org;
  offer: SourceOffer;
  next: EventFacts[];
  /** A feed of the same calendar, in whose place it would come. */
  replaces: Source | undefined;
}

export type SourcesService = ReturnType<typeof createSourcesService>;

/** An org's calendars: trying, connecting, watching and disconnecting them. Every method is for the org's admins. */
export function createSourcesService(parts: {
  inTransaction: InTransaction;
  clock: Clock;
  openSource: OpenSource;
  secrets: SourceSecrets;
  /** Makes of what was pasted the address of a feed; nothing when it is none. */
  readFeedAddress: (text: string) => string | undefined;
  syncs: SyncService;
  /** As the sync has it: what is taken away is followed, too. */
  follow: readonly FollowChanges[];
  /** Whatever is our own mistake, for the log. */
  onFault: (error: unknown) => void;
}) {
  const { inTransaction, clock, secrets, syncs, follow } = parts;
  const offers = createSourceOffers({ clock });

  const orgFor = (asked: OrgAsked, rights: Rights): Promise<Org> =>
    inTransaction(({ orgs }) => orgForAdmin(orgs, asked, rights), { isReadOnly: true });

  const cardOf = async ({ sources }: Repositories, org: Org, source: Source): Promise<SourceCard> => ({
    org,
    source,
    events: await sources.countEvents(source.id, clock.now()),
  });

  const card = (id: SourceId, rights: Rights): Promise<SourceCard> =>
    inTransaction(
      async (repositories) => {
        const { org, source } = await ownSource(repositories, id, rights);
        return cardOf(repositories, org, source);
      },
      { isReadOnly: true },
    );

  /** Takes our webhook away at lu.ma; what fails there does not matter any more, as its calls find nobody. */
  const dropWebhook = async (source: Source): Promise<void> => {
    const access = source.webhook && secrets.openAccess(source);
    if (!source.webhook || !access) return;
    try {
      await parts.openSource(access).removeWebhook?.(source.webhook.webhookId);
    } catch (error) {
      if (!(error instanceof SourceProblem)) parts.onFault(error);
    }
  };

  return {
    /** The org that somebody means to connect a calendar to. @throws DomainError as `orgForAdmin` does. */
    orgFor,

    /**
     * Tries a calendar live and stores nothing: what it is called and what comes next in it.
     *
     * @throws DomainError as `orgForAdmin` does, `sources.nothing-told`, `sources.bad-key`, `sources.bad-feed`,
     * `sources.unreadable`, `sources.connected`.
     */
    async find(orgId: OrgId, told: ToldAccess, rights: Rights): Promise<FoundCalendar> {
      const org = await orgFor(orgId, rights);
      const access = readAccess(told, parts.readFeedAddress);
      const { calendar, next } = await tryCalendar(parts.openSource, access, { org, now: clock.now() });
      const id = newSourceId();
      const zone = calendar.zone ?? org.city?.zone;
      const offer = { id, orgId, access: secrets.sealAccess(id, access), calendar: { ...calendar, zone } };
      const others = await inTransaction(({ sources }) => sources.list(org.id), { isReadOnly: true });
      const replaces = requireNew(offer, others, org);
      offers.keep(offer);
      return { org, offer, next, replaces };
    },

    /**
     * Connects a calendar that was found, and brings its events in at once. Safe to repeat: the second tap finds it
     * done, and waits for the same first sync.
     *
     * @throws DomainError `sources.offer-gone`, `sources.connected`, `orgs.gone`, `rights.org-admin`.
     */
    async connect(offerId: SourceId, rights: Rights): Promise<SourceCard & { outcome: SyncOutcome }> {
      const replaced = await inTransaction((repositories) =>
        addSource(repositories, { offerId, offer: offers.find(offerId), rights, clock }),
      );
      offers.drop(offerId);
      if (replaced) await dropWebhook(replaced);
      const outcome = await syncs.syncSource(offerId, { now: clock.now(), force: false });
      return { ...(await card(offerId, rights)), outcome };
    },

    /** Takes an offer back. */
    dropOffer: (offerId: SourceId): void => offers.drop(offerId),

    /** An org's calendars, the first connected first. @throws DomainError as `orgForAdmin` does. */
    async list(asked: OrgAsked, rights: Rights): Promise<{ org: Org; cards: SourceCard[] }> {
      return inTransaction(
        async (repositories) => {
          const org = await orgForAdmin(repositories.orgs, asked, rights);
          const cards: SourceCard[] = [];
          for (const source of await repositories.sources.list(org.id)) {
            cards.push(await cardOf(repositories, org, source));
          }
          return { org, cards };
        },
        { isReadOnly: true },
      );
    },

    /** One calendar. @throws DomainError `sources.gone`, `orgs.gone`, `rights.org-admin`. */
    get: card,

    /** A calendar that fails, for an admin of its org; nothing once it works again, is gone, or is none of theirs. */
    async findFailing(id: SourceId, memberId: MemberId): Promise<SourceCard | undefined> {
      return inTransaction(
        async (repositories) => {
          const source = await repositories.sources.find(id);
          if (!source || source.failures === 0) return undefined;
          const org = await repositories.orgs.find(source.orgId);
          const standing = await repositories.orgs.findMembership(source.orgId, memberId);
          const isAdmin = standing?.role === 'admin' && standing.status === 'active';
          return org && !org.isHidden && isAdmin ? cardOf(repositories, org, source) : undefined;
        },
        { isReadOnly: true },
      );
    },

    /** Syncs one calendar now; back-off aside, but not what lu.ma asked to wait. @throws DomainError as `get` does. */
    async sync(id: SourceId, rights: Rights): Promise<SourceCard & { outcome: SyncOutcome }> {
      await card(id, rights);
      const outcome = await syncs.syncSource(id, { now: clock.now(), force: true });
      return { ...(await card(id, rights)), outcome };
    },

    /**
     * Disconnects a calendar. Its key and webhook are erased, its events ahead are withdrawn; the past ones and
     * everything members said stay, and connecting it again brings the others back with their answers.
     *
     * @throws DomainError as `get` does.
     */
    async disconnect(id: SourceId, rights: Rights): Promise<{ org: Org; source: Source; withdrawn: number }> {
      const now = clock.now();
      const done = await inTransaction(
        async (repositories) => {
          const { org, source } = await ownSource(repositories, id, rights);
          const withdrawn = await withdrawEvents(repositories, source, { follow, now });
          await repositories.sources.remove(id);
          await repositories.sources.forgetEtags(org.id, id);
          await noteAudit(repositories, 'source.disconnected', source, rights, clock);
          return { org, source, withdrawn };
        },
        { leavesNoTrace: true },
      );
      await dropWebhook(done.source);
      return done;
    },
  };
}

/** @throws DomainError `sources.gone`, `orgs.gone`, `rights.org-admin`. */
async function ownSource(
  { orgs, sources }: Repositories,
  id: SourceId,
  rights: Rights,
): Promise<{ org: Org; source: Source }> {
  const source = await sources.find(id);
  if (!source) throw new DomainError({ code: 'sources.gone' });
  return { source, org: await orgForAdmin(orgs, source.orgId, rights) };
}

/**
 * The feed in whose place a calendar comes, if it is known by its feed so far and comes with its key.
 *
 * @throws DomainError `sources.connected` if the org has it otherwise.
 */
function requireNew({ access, calendar }: SourceOffer, others: readonly Source[], org: Org): Source | undefined {
  const same = others.find(
    (other) =>
      (calendar.calendarId !== undefined && other.calendarId === calendar.calendarId) ||
      (access.kind === 'feed' && other.access.kind === 'feed' && other.access.feedUrl === access.feedUrl),
  );
  if (!same) return undefined;
  if (same.access.kind === 'feed' && access.kind === 'api') return same;
  throw new DomainError({ code: 'sources.connected', name: same.name, orgSlug: org.slug });
}

/** Stores an offered calendar, in the place of its feed if that was connected; says which one it replaced. */
async function addSource(
  repositories: Repositories,
  asked: { offerId: SourceId; offer: SourceOffer | undefined; rights: Rights; clock: Clock },
): Promise<Source | undefined> {
  const { orgs, sources, events } = repositories;
  const { offerId, offer, rights, clock } = asked;
  if (await sources.find(offerId)) {
    await ownSource(repositories, offerId, rights);
    return undefined;
  }
  if (!offer) throw new DomainError({ code: 'sources.offer-gone' });
  const org = await orgForAdmin(orgs, offer.orgId, rights);
  const replaces = requireNew(offer, await sources.list(org.id), org);
  const source = newConnection(offer, rights.memberId, clock.now());
  await sources.add(source);
  if (replaces) {
    await events.handOver(replaces.id, source.id);
    await sources.remove(replaces.id);
  }
  await noteAudit(repositories, 'source.connected', source, rights, clock);
  return replaces;
}

async function noteAudit(
  { audit }: Repositories,
  action: AuditAction & `source.${string}`,
  { orgId, name, access }: Source,
  rights: Rights,
  clock: Clock,
): Promise<void> {
  const kind = action === 'source.connected' ? { after: access.kind } : { before: access.kind };
  const subject = { kind: 'text', text: name } as const;
  await audit.add({ orgId, actor: auditActor(rights), action, subject, ...kind, at: clock.now() });
}
