import type { AuditLine } from '../../domain/audit/audit-service.js';
import type { Org, Page } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { rich, time } from '../text.js';
import { button, buttons, list, note, pager, paragraph, type View } from '../views.js';
import { auditPage } from './audit-actions.js';
import { auditWords } from './audit-words.js';

/** Entries on a page. */
export const ENTRIES_A_PAGE = 8;

/** Who changed what in an org, newest first. */
export function auditView({ org, page }: { org: Org; page: Page<AuditLine> }): View {
  const settings = buttons(button('Settings', runs('manage show', { org: org.slug })));
  const title = rich`What changed in ${org.name}`;
  if (page.total === 0) {
    return { title, blocks: [paragraph('Nothing yet. Every change by an admin will stand here.'), settings] };
  }
  return {
    title,
    blocks: [
      list(page.items.map((line) => ({ title: auditWords(line), lines: [[time(line.at, 'moment')]] }))),
      ...pager(page, (to) => auditPage.with({ org: org.id, page: to })),
      settings,
      note('Newest first. Seen by admins only.'),
    ],
  };
}
