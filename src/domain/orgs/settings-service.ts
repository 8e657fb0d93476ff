import type { Clock } from '../../shared/clock.js';
import { tidyParagraph } from '../../shared/tidy-text.js';
import { auditActor } from '../audit/audit.js';
import type { OrgId } from '../ids.js';
import type { OrgReach } from '../notifications/reach-repository.js';
import type { InTransaction } from '../repositories.js';
import type { Org, OrgSummary } from './org.js';
import { type OrgAsked, orgForAdmin } from './org-for-admin.js';
import {
  auditValue,
  changedFields,
  detailsOf,
  type EditableField,
  type OrgDetails,
  withDetails,
} from './org-settings.js';
import { visibleSummary } from './orgs-service.js';
import type { Rights } from './rights.js';
import type { ConnectedSpace } from './spaces-repository.js';

/** Longest description, in characters. */
export const MOST_DESCRIPTION = 1_000;

/** An org as its admins see it. */
export interface OrgSettings extends OrgSummary {
  admins: number;
  spaces: ConnectedSpace[];
  /** Names of the calendars its events come from. */
  calendars: string[];
  reach: OrgReach;
}

export type SettingsService = ReturnType<typeof createSettingsService>;

/** An org's settings: what its admins see and change of it. */
export function createSettingsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** An org as its admins see it. @throws DomainError as `orgForAdmin` does. */
    async show(asked: OrgAsked, rights: Rights): Promise<OrgSettings> {
      return inTransaction(
        async ({ orgs, spaces, sources, reach }) => {
          const { id } = await orgForAdmin(orgs, asked, rights);
          return {
            ...(await visibleSummary(orgs, id, rights.memberId)),
            admins: await orgs.countActiveAdmins(id),
            spaces: await spaces.list(id),
            calendars: (await sources.list(id)).map(({ name }) => name),
            reach: await reach.countOfOrg(id),
          };
        },
        { isReadOnly: true },
      );
    },

    /** The org as it stands, to be edited. @throws DomainError as `orgForAdmin` does. */
    async get(asked: OrgAsked, rights: Rights): Promise<Org> {
      return inTransaction(({ orgs }) => orgForAdmin(orgs, asked, rights), { isReadOnly: true });
    },

    /**
     * Changes settings; those left out stay. Each that really changes is one entry of the audit log, so that saving a
     * form as it was writes nothing.
     *
     * @throws DomainError `orgs.gone`, `rights.org-admin`.
     */
    async edit(
      orgId: OrgId,
      change: Partial<OrgDetails>,
      rights: Rights,
    ): Promise<{ org: Org; changed: EditableField[] }> {
      return inTransaction(async ({ orgs, audit }) => {
        const before = await orgForAdmin(orgs, orgId, rights);
        const after = withDetails(before, tidied(change));
        const [old, now] = [detailsOf(before), detailsOf(after)];
        const changed = changedFields(old, now);
        if (changed.length === 0) return { org: before, changed };
        await orgs.update(after);
        for (const field of changed) {
          await audit.add({
            orgId,
            actor: auditActor(rights),
            action: 'org.edited',
            subject: { kind: 'text', text: field },
            before: auditValue(old, field),
            after: auditValue(now, field),
            at: clock.now(),
          });
        }
        return { org: after, changed };
      });
    },
  };
}

function tidied(change: Partial<OrgDetails>): Partial<OrgDetails> {
  const { description } = change;
  return description === undefined ? change : { ...change, description: tidyParagraph(description, MOST_DESCRIPTION) };
}
