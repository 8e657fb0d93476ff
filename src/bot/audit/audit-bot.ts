import type { AuditService } from '../../domain/audit/audit-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { rightsOf, spaceOf } from '../actor.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { auditPage } from './audit-actions.js';
import { auditView, ENTRIES_A_PAGE } from './audit-views.js';

/** `/manage audit`: who changed what in an org. */
export function auditBot({ audit, orgs }: { audit: AuditService; orgs: OrgsService }): BotModule {
  const read = command({
    name: 'manage audit',
    description: 'Who changed what in an org, newest first',
    access: 'anyone',
    options: { org: orgOption(orgs, 'The org; this server’s own when left out') },
    run: async (actor, { org }) => {
      const asked = { org, space: spaceOf(actor) };
      return show(auditView(await audit.list(asked, rightsOf(actor), { page: 0, pageSize: ENTRIES_A_PAGE })));
    },
  });

  return {
    commands: [read],
    actions: [
      onAction(auditPage, async (actor, { org, page }) =>
        replace(auditView(await audit.list(org, rightsOf(actor), { page, pageSize: ENTRIES_A_PAGE }))),
      ),
    ],
  };
}
