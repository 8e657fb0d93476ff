import { describe, expect, it } from 'vitest';
import { aCity, anOrg } from '../../../tests/builders/orgs.js';
import { auditValue, changedFields, detailsOf, withDetails } from './org-settings.js';

describe('an org that awaits an operator’s yes', () => {
  const waiting = anOrg({ isListed: false, listedAfterReview: true });

  it('stays out of the directory, whatever its admins choose meanwhile', () => {
    expect(detailsOf(waiting).isListed).toBe(true);
    expect(withDetails(waiting, { isListed: false })).toMatchObject({ isListed: false, listedAfterReview: false });
    expect(withDetails(waiting, { isListed: true })).toMatchObject({ isListed: false, listedAfterReview: true });
  });
});

it('notes only what really changes, a city by its name', () => {
  const org = anOrg({ city: aCity(), languages: ['en'] });
  const after = withDetails(org, { ...detailsOf(org), city: undefined, languages: ['en'], website: 'https://a.org/' });
  const [old, now] = [detailsOf(org), detailsOf(after)];
  expect(changedFields(old, now)).toEqual(['city', 'website']);
  expect([auditValue(old, 'city'), auditValue(now, 'city')]).toEqual(['Lisbon, Portugal', undefined]);
});
