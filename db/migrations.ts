import type { Migration } from 'kysely';
import * as groundFloor from './migrations/2026-11-22T14-00-ground-floor.js';
import * as deliveries from './migrations/2026-11-24T10-00-deliveries.js';
import * as invites from './migrations/2026-11-24T10-30-invites.js';
import * as orgAdministration from './migrations/2026-11-24T11-00-org-administration.js';
import * as orgSearch from './migrations/2026-11-24T12-00-org-search.js';
import * as slackInstallations from './migrations/2026-11-24T13-00-slack-installations.js';
import * as identityLinks from './migrations/2026-11-24T14-00-identity-links.js';
import * as orgCityNames from './migrations/2026-11-24T18-00-org-city-names.js';
import * as events from './migrations/2026-11-24T19-00-events.js';
import * as sourceRuns from './migrations/2026-11-24T19-30-source-runs.js';
import * as guests from './migrations/2026-11-24T19-40-guests.js';
import * as eventListing from './migrations/2026-11-24T19-50-event-listing.js';
import * as outboxTargets from './migrations/2026-11-24T20-00-outbox-targets.js';
import * as jobLeases from './migrations/2026-11-24T20-30-job-leases.js';
import * as announcements from './migrations/2026-11-24T21-00-announcements.js';
import * as calendarFeeds from './migrations/2026-11-24T22-00-calendar-feeds.js';
import * as outboxIndexes from './migrations/2026-11-24T23-00-outbox-indexes.js';
import * as notifications from './migrations/2026-11-25T09-00-notifications.js';
import * as sentOfMember from './migrations/2026-11-25T09-20-sent-of-member.js';
import * as reachTold from './migrations/2026-11-25T09-30-reach-told.js';
import * as calendarWatch from './migrations/2026-11-25T10-30-calendar-watch.js';
import * as attendance from './migrations/2026-11-25T12-00-attendance.js';
import * as feedbackSettings from './migrations/2026-11-25T13-00-feedback-settings.js';

/**
 * Every migration by its name, in the order in which they run. A merged one is frozen: the next change is a new file.
 * The list is written out, so that what runs is what was compiled, from a checkout and from a build alike.
 */
export const migrations: Record<string, Migration> = {
  '2026-11-22T14-00-ground-floor': groundFloor,
  '2026-11-24T10-00-deliveries': deliveries,
  '2026-11-24T10-30-invites': invites,
  '2026-11-24T11-00-org-administration': orgAdministration,
  '2026-11-24T12-00-org-search': orgSearch,
  '2026-11-24T14-00-identity-links': identityLinks,
  '2026-11-24T18-00-org-city-names': orgCityNames,
  '2026-11-24T19-00-events': events,
  '2026-11-24T20-30-job-leases': jobLeases,
  '2026-11-24T20-00-outbox-targets': outboxTargets,
  '2026-11-24T21-00-announcements': announcements,
  '2026-11-24T19-40-guests': guests,
  '2026-11-24T19-30-source-runs': sourceRuns,
  '2026-11-24T19-50-event-listing': eventListing,
  '2026-11-24T22-00-calendar-feeds': calendarFeeds,
  '2026-11-25T10-30-calendar-watch': calendarWatch,
  '2026-11-24T23-00-outbox-indexes': outboxIndexes,
  '2026-11-25T09-00-notifications': notifications,
  '2026-11-25T09-20-sent-of-member': sentOfMember,
  '2026-11-25T09-30-reach-told': reachTold,
  '2026-11-24T13-00-slack-installations': slackInstallations,
  '2026-11-25T12-00-attendance': attendance,
  '2026-11-25T13-00-feedback-settings': feedbackSettings,
};
