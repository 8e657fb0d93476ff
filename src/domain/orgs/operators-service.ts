import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import type { AuditAction } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { adminMessage, ORG_VERIFIED } from './admin-messages.js';
import type { Org, OrgSummary } from './org.js';
import { nearestNamed, toChoice } from './orgs-service.js';

export type OperatorsService = ReturnType<typeof createOperatorsService>;

/** What whoever runs this installation decides about orgs. Each returns the org, and whether anything changed. */
export function createOperatorsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  /** Changes an org by its slug and notes it; the same as it was changes nothing. */
  const change = async (
    slug: string,
    action: AuditAction,
    to: (org: Org) => Org,
    { after, tell }: { after?: boolean; tell?: Tell } = {},
  ): Promise<{ org: Org; isChanged: boolean }> =>
    inTransaction(async (repositories) => {
      const before = await orgBySlug(repositories.orgs, slug);
      const org = to(before);
      if (org === before) return { org, isChanged: false };
      const at = clock.now();
      await repositories.orgs.update(org);
      const noted = after === undefined ? {} : { before: !after, after };
      await repositories.audit.add({ orgId: org.id, actor: { kind: 'operator' }, action, ...noted, at });
      await tell?.(repositories, org, at);
      return { org, isChanged: true };
    });

  return {
    /** Every org with its size, those that await a yes first, then by name. */
    async list(): Promise<OrgSummary[]> {
      const all = await inTransaction(({ orgs }) => orgs.listAll(), { isReadOnly: true });
      const isWaiting = ({ org }: OrgSummary) => org.listedAfterReview !== undefined;
      return [...all.filter(isWaiting), ...all.filter((summary) => !isWaiting(summary))];
    },

    /** Says yes: the org is listed as its admins chose, and they are told. @throws DomainError `orgs.unknown` */
    async verify(slug: string) {
      const verified = (org: Org): Org =>
        org.listedAfterReview === undefined
          ? org
          : { ...org, isListed: org.listedAfterReview, listedAfterReview: undefined };
      return change(slug, 'org.verified', verified, { tell: tellAdmins });
    },

    /** Takes an org out of sight, for everybody, or lets it be seen again. @throws DomainError `orgs.unknown` */
    async setHidden(slug: string, isHidden: boolean) {
      const action = isHidden ? 'org.hidden' : 'org.unhidden';
      return change(slug, action, (org) => (org.isHidden === isHidden ? org : { ...org, isHidden }));
    },

    /** Opens an org to people everywhere, or makes it local again. @throws DomainError `orgs.unknown` */
    async setGlobal(slug: string, isGlobal: boolean) {
      const changed = (org: Org): Org => (org.isGlobal === isGlobal ? org : { ...org, isGlobal });
      return change(slug, 'org.global-set', changed, { after: isGlobal });
    },
  };
}

type Tell = (repositories: Repositories, org: Org, at: DateTime) => Promise<void>;

const tellAdmins: Tell = async ({ orgs, deliveries }, { id: orgId }, at) => {
  for (const memberId of await orgs.listActiveAdmins(orgId)) {
    await deliveries.plan(adminMessage(ORG_VERIFIED, { orgId, memberId, at }));
  }
};

/** Operators name orgs by slug, hidden ones too. */
async function orgBySlug(orgs: Repositories['orgs'], slug: string): Promise<Org> {
  const id = await orgs.findIdBySlug(slug);
  const found = id && (await orgs.find(id));
  if (found) return found;
  const all = (await orgs.listAll()).map(({ org }) => org);
  throw new DomainError({ code: 'orgs.unknown', asked: slug, nearest: nearestNamed(slug, all).map(toChoice) });
}
