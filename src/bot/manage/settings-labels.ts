import type { JoinPolicy } from '../../domain/orgs/org.js';
import type { EditableField } from '../../domain/orgs/org-settings.js';

/** How people come in, as admins read it. */
export const JOIN_POLICY_LABELS: Readonly<Record<JoinPolicy, string>> = {
  open: 'Open to everyone',
  approval: 'By approval',
};

/** Whether the directory has an org. */
export const LISTING_LABELS = { yes: 'Listed', no: 'Not listed' } as const;

/** What a setting is called in a sentence. */
export const FIELD_NAMES: Readonly<Record<EditableField, string>> = {
  description: 'description',
  city: 'city',
  type: 'kind',
  website: 'website',
  languages: 'languages',
  isListed: 'directory listing',
  joinPolicy: 'joining',
};
