import type { JoinPolicy } from '../../domain/orgs/org.js';

/** How people come in, as admins read it. */
export const JOIN_POLICY_LABELS: Readonly<Record<JoinPolicy, string>> = {
  open: 'Open to everyone',
  approval: 'By approval',
};

/** Whether the directory has an org. */
export const LISTING_LABELS = { yes: 'Listed', no: 'Not listed' } as const;
