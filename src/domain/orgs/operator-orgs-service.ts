import type { Clock } from '../../shared/clock.js';
import type { AuditAction } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { InTransaction } from '../repositories.js';
import type { Org, OrgSummary } from './org.js';
import { nearestOrgs } from './orgs-service.js';
import { verifiedMessage } from './verified-message.js';

/** What an operator of the installation decides about an org; no admin can. */
export type OperatorChange = 'verify' | 'hide' | 'unhide' | 'make-global' | 'make-local';

export type OperatorOrgsService = ReturnType<typeof createOperatorOrgsService>;

/** Orgs as whoever runs the installation looks after them, from the command line only. */
export function createOperatorOrgsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** Every org, hidden ones too: those that wait for an operator's yes first, then by name. */
    async list(): Promise<OrgSummary[]> {
      const all = await inTransaction(({ orgs }) => orgs.listAll(), { isReadOnly: true });
      const waits = ({ org }: OrgSummary) => Number(org.listedAfterReview === undefined);
      return all.sort((one, other) => waits(one) - waits(other));
    },

    /**
     * Changes one org, and notes it in its log; a yes is told to its admins. Safe to repeat: `isChanged` is false when it was so already.
     *
     * @throws DomainError `orgs.unknown` with the nearest ones, for a slug that no org has.
     */
    async change(slug: string, change: OperatorChange): Promise<{ org: Org; isChanged: boolean }> {
      return inTransaction(async ({ orgs, audit, deliveries }) => {
        const org = (await orgs.listAll()).find((one) => one.org.slug === slug)?.org;
        if (!org) throw new DomainError({ code: 'orgs.unknown', asked: slug, nearest: await nearestOrgs(orgs, slug) });
        const { after, action, before, value } = changed(org, change);
        if (JSON.stringify(after) === JSON.stringify(org)) return { org, isChanged: false };
        const at = clock.now();
        await orgs.update(after);
        await audit.add({
          orgId: org.id,
          actor: { kind: 'operator' },
          action,
          before,
          after: value,
          at,
        });
        const told = change === 'verify' ? await orgs.listActiveAdmins(org.id) : [];
        for (const admin of told) await deliveries.plan(verifiedMessage(org.id, admin, at));
        return { org: after, isChanged: true };
      });
    },
  };
}

function changed(
  org: Org,
  change: OperatorChange,
): { after: Org; action: AuditAction; before: boolean; value: boolean } {
  switch (change) {
    case 'verify': {
      const isListed = org.listedAfterReview ?? org.isListed;
      const after = { ...org, isListed, listedAfterReview: undefined };
      return { after, action: 'org.verified', before: org.isListed, value: isListed };
    }
    case 'hide':
    case 'unhide': {
      const isHidden = change === 'hide';
      const action = isHidden ? 'org.hidden' : 'org.unhidden';
      return { after: { ...org, isHidden }, action, before: org.isHidden, value: isHidden };
    }
    case 'make-global':
    case 'make-local': {
      const isGlobal = change === 'make-global';
      return { after: { ...org, isGlobal }, action: 'org.global-set', before: org.isGlobal, value: isGlobal };
    }
  }
}
