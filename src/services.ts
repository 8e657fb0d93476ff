import type { Services } from './bot/rollcall-bot.js';
import { type CalendarServices, type CalendarSettings, createCalendarServices } from './calendar-services.js';
import type { Database } from './db/database.js';
import { feedSecrets } from './db/feed-secrets.js';
import { createPlaces } from './db/places/sqlite-places.js';
import { createAnnounceService } from './domain/announcements/announce-service.js';
import { createAnnouncedService } from './domain/announcements/announced-service.js';
import { PROMPT } from './domain/attendance/asking.js';
import { createAttendanceAdminService } from './domain/attendance/attendance-admin-service.js';
import { createAttendanceService } from './domain/attendance/attendance-service.js';
import { createEventAttendanceService } from './domain/attendance/event-attendance-service.js';
import { createFeedbackSettingsService } from './domain/attendance/feedback-settings-service.js';
import { createPromptsService, promptAudience } from './domain/attendance/prompts-service.js';
import { createRecapsService } from './domain/attendance/recaps-service.js';
import { createAuditService } from './domain/audit/audit-service.js';
import { planAnnouncements } from './domain/events/announcements.js';
import { createCalendarFeedService } from './domain/events/calendar-feed.js';
import { createEventsService } from './domain/events/events-service.js';
import { createSyncGuests } from './domain/events/guest-sync.js';
import type { SyncGuests } from './domain/events/guests.js';
import { createGuestsService } from './domain/events/guests-service.js';
import { createResponsesService } from './domain/events/responses-service.js';
import { createLinksService } from './domain/members/links-service.js';
import { createMembersService } from './domain/members/members-service.js';
import { planChangeNotices } from './domain/notifications/change-notices.js';
import type { ChannelLooks } from './domain/notifications/channel.js';
import { createChoicesService } from './domain/notifications/choices-service.js';
import { NEW_EVENTS } from './domain/notifications/digest.js';
import { createDigestPlanner, type DigestPlanner } from './domain/notifications/digest-planner.js';
import { createEventRemindersService } from './domain/notifications/event-reminders-service.js';
import { GOER_AUDIENCES } from './domain/notifications/goer-audiences.js';
import { createGoersService } from './domain/notifications/goers-service.js';
import type { Audience } from './domain/notifications/mailing.js';
import { createMailingService, type MailingService } from './domain/notifications/mailing-service.js';
import { createNewsService } from './domain/notifications/news-service.js';
import { createOutboxService, type OutboxService } from './domain/notifications/outbox-service.js';
import { newEventsAudience, planNewEvents } from './domain/notifications/plan-new-events.js';
import { createReachService } from './domain/notifications/reach-service.js';
import { createAdminsService } from './domain/orgs/admins-service.js';
import { createDiscoveryService } from './domain/orgs/discovery-service.js';
import { createInvitesService } from './domain/orgs/invites-service.js';
import { createJoiningService } from './domain/orgs/joining-service.js';
import { createOperatorOrgsService, type OperatorOrgsService } from './domain/orgs/operator-orgs-service.js';
import { createOrgMapService } from './domain/orgs/org-map-service.js';
import { createOrgPageService, type OrgPageService } from './domain/orgs/org-page-service.js';
import { createOrgsService } from './domain/orgs/orgs-service.js';
import { createRequestsService } from './domain/orgs/requests-service.js';
import { createSettingsService } from './domain/orgs/settings-service.js';
import { createSetupService } from './domain/orgs/setup-service.js';
import { createSpacesService } from './domain/orgs/spaces-service.js';
import { createPictures, type Pictures } from './pictures/pictures.js';
import type { Clock } from './shared/clock.js';
import { createSecretBox, makeKey } from './shared/secret-box.js';

/** Who mailings of each kind go to. */
const AUDIENCES: Readonly<Record<string, Audience>> = {
  [NEW_EVENTS]: newEventsAudience,
  ...GOER_AUDIENCES,
  [PROMPT]: promptAudience,
};

/** For commands that run beside no platform. */
const NO_LOOKS: ChannelLooks = {
  check: async () => ({ kind: 'unknown' }),
  list: async () => [],
  checkCalendar: async () => ({ kind: 'unknown' }),
  hasCalendar: () => false,
};

/** The product's services on an open database. The thread that draws starts at the first picture. */
export function createServices(
  database: Database,
  clock: Clock,
  {
    pictures = createPictures(),
    publicUrl,
    localUrl = () => 'http://localhost:3000',
    secretBox = createSecretBox([makeKey()]),
    reviewsNewOrgs = false,
    looks = NO_LOOKS,
    ...calendars
  }: {
    pictures?: Pictures | undefined;
    publicUrl?: string | undefined;
    localUrl?: () => string;
    reviewsNewOrgs?: boolean;
    /** How channels are looked at; without platforms they are not. */
    looks?: ChannelLooks | undefined;
  } & CalendarSettings = {},
): Services &
  CalendarServices & {
    operatorOrgs: OperatorOrgsService;
    outbox: OutboxService;
    orgPages: OrgPageService;
    syncGuests: SyncGuests;
    mailings: MailingService;
    digests: DigestPlanner;
  } {
  const parts = { inTransaction: database.inTransaction, clock };
  const places = createPlaces();
  const orgPages = createOrgPageService(parts);
  const secrets = feedSecrets(secretBox);
  const syncGuests = createSyncGuests(parts);
  const follow = [planAnnouncements, planNewEvents, planChangeNotices];
  return {
    members: createMembersService(parts),
    orgs: createOrgsService(parts),
    events: createEventsService({ ...parts, follow }),
    responses: createResponsesService(parts),
    attendance: createAttendanceService(parts),
    attendanceAdmin: createAttendanceAdminService(parts),
    eventAttendance: createEventAttendanceService(parts),
    feedbackSettings: createFeedbackSettingsService(parts),
    recaps: createRecapsService(parts),
    prompts: createPromptsService(parts),
    audit: createAuditService(parts),
    announce: createAnnounceService({ ...parts, looks }),
    announced: createAnnouncedService(parts),
    setup: createSetupService({ ...parts, reviewsNewOrgs }),
    settings: createSettingsService(parts),
    spaces: createSpacesService(parts),
    admins: createAdminsService(parts),
    operatorOrgs: createOperatorOrgsService(parts),
    outbox: createOutboxService(parts),
    joining: createJoiningService(parts),
    invites: createInvitesService({ ...parts, publicUrl }),
    requests: createRequestsService(parts),
    discovery: createDiscoveryService({ inTransaction: database.inTransaction, places }),
    places,
    orgMap: createOrgMapService(parts),
    drawOrgMap: pictures.drawOrgMap,
    drawStars: pictures.drawStars,
    publicUrl,
    localUrl,
    orgPages,
    calendarFeeds: createCalendarFeedService({ ...parts, orgPages, secrets }),
    links: createLinksService(parts),
    choices: createChoicesService({ ...parts, places }),
    eventReminders: createEventRemindersService(parts),
    reach: createReachService(parts),
    guests: createGuestsService(parts),
    goers: createGoersService(parts),
    syncGuests,
    news: createNewsService(parts),
    digests: createDigestPlanner(parts),
    mailings: createMailingService({ inTransaction: database.inTransaction, audiences: AUDIENCES }),
    ...createCalendarServices(database, clock, {
      ...calendars,
      secretBox,
      publicUrl,
      follow,
      syncGuests,
    }),
  };
}
