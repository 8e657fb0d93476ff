import { cityName } from '../places/city.js';
import type { Org } from './org.js';

/** What an org's admins change of it in `/manage edit`; product.md section 3. */
export const EDITABLE_FIELDS = [
  'description',
  'city',
  'type',
  'website',
  'languages',
  'isListed',
  'joinPolicy',
] as const;
export type EditableField = (typeof EDITABLE_FIELDS)[number];

/** The settings as their admins see them: an org that awaits an operator's yes has the listing it asked for. */
export type OrgDetails = Pick<Org, EditableField>;

/** What the admins want, whether or not an operator has said yes. */
export function detailsOf(org: Org): OrgDetails {
  const { description, city, type, website, languages, joinPolicy } = org;
  return { description, city, type, website, languages, joinPolicy, isListed: org.listedAfterReview ?? org.isListed };
}

/** The org with changed settings. */
export function withDetails(org: Org, change: Partial<OrgDetails>): Org {
  const { isListed, ...rest } = { ...detailsOf(org), ...change };
  if (org.listedAfterReview === undefined) return { ...org, ...rest, isListed };
  return { ...org, ...rest, isListed: false, listedAfterReview: isListed };
}

/** What really changes, in the order of `EDITABLE_FIELDS`. */
export function changedFields(before: OrgDetails, after: OrgDetails): EditableField[] {
  return EDITABLE_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** A setting as the audit log keeps it, in plain JSON; undefined for one that is empty. */
export function auditValue(details: OrgDetails, field: EditableField): string | boolean | string[] | undefined {
  if (field === 'city') return details.city && cityName(details.city);
  const value = details[field];
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  return value;
}
