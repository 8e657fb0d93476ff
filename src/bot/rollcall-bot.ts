import type { AnnounceService } from '../domain/announcements/announce-service.js';
import type { AnnouncedService } from '../domain/announcements/announced-service.js';
import type { AttendanceAdminService } from '../domain/attendance/attendance-admin-service.js';
import type { AttendanceService } from '../domain/attendance/attendance-service.js';
import type { EventAttendanceService } from '../domain/attendance/event-attendance-service.js';
import type { FeedbackSettingsService } from '../domain/attendance/feedback-settings-service.js';
import type { PromptsService } from '../domain/attendance/prompts-service.js';
import type { RecapsService } from '../domain/attendance/recaps-service.js';
import type { DrawStars } from '../domain/attendance/stars-picture.js';
import type { AuditService } from '../domain/audit/audit-service.js';
import type { CalendarFeedService } from '../domain/events/calendar-feed.js';
import type { EventsService } from '../domain/events/events-service.js';
import type { GuestsService } from '../domain/events/guests-service.js';
import type { ResponsesService } from '../domain/events/responses-service.js';
import type { SourcesService } from '../domain/events/sources-service.js';
import type { LinksService } from '../domain/members/links-service.js';
import type { MembersService } from '../domain/members/members-service.js';
import type { ChoicesService } from '../domain/notifications/choices-service.js';
import type { EventRemindersService } from '../domain/notifications/event-reminders-service.js';
import type { GoersService } from '../domain/notifications/goers-service.js';
import type { NewsService } from '../domain/notifications/news-service.js';
import type { ReachService } from '../domain/notifications/reach-service.js';
import type { AdminsService } from '../domain/orgs/admins-service.js';
import type { DiscoveryService } from '../domain/orgs/discovery-service.js';
import type { InvitesService } from '../domain/orgs/invites-service.js';
import type { JoiningService } from '../domain/orgs/joining-service.js';
import type { DrawOrgMap } from '../domain/orgs/org-map.js';
import type { OrgMapService } from '../domain/orgs/org-map-service.js';
import type { OrgsService } from '../domain/orgs/orgs-service.js';
import type { RequestsService } from '../domain/orgs/requests-service.js';
import type { SettingsService } from '../domain/orgs/settings-service.js';
import type { SetupService } from '../domain/orgs/setup-service.js';
import type { SpacesService } from '../domain/orgs/spaces-service.js';
import type { Places } from '../domain/places/places.js';
import type { Clock } from '../shared/clock.js';
import type { Logger } from '../shared/logger.js';
import { announceBot } from './announce/announce-bot.js';
import { attendanceBot } from './attendance/attendance-bot.js';
import { auditBot } from './audit/audit-bot.js';
import { type Answered, type Bot, createBot } from './bot.js';
import { calendarBot } from './calendar/calendar-bot.js';
import { consentBot } from './consent/consent.js';
import { digestsBot } from './digests/digests-bot.js';
import { eventAttendanceBot } from './event-attendance/event-attendance-bot.js';
import { eventRemindersBot } from './events/event-reminders-bot.js';
import { eventsBot } from './events/events-bot.js';
import { feedbackBot } from './feedback/feedback-bot.js';
import { guestsBot } from './guests/guests-bot.js';
import { helpBot } from './help/help-bot.js';
import { createHome } from './home/home-view.js';
import { invitesBot } from './invites/invites-bot.js';
import { joiningBot } from './joining/joining-bot.js';
import { adminsBot } from './manage/admins-bot.js';
import { manageBot } from './manage/manage-bot.js';
import { mapBot } from './map/map-bot.js';
import { createHear, messagesBot } from './messages/messages-bot.js';
import { notifyBot } from './notify/notify-bot.js';
import { createReachNotice, reachBot } from './notify/reach-bot.js';
import { discoveryBot } from './orgs/discovery-bot.js';
import { orgsBot } from './orgs/orgs-bot.js';
import { dataBot } from './profile/data-bot.js';
import { linkBot } from './profile/link-bot.js';
import { locationBot } from './profile/location-bot.js';
import { profileBot } from './profile/profile-bot.js';
import { recapsBot } from './recaps/recaps-bot.js';
import { type BotModule, createRegistry, type Registry } from './registry.js';
import { remindersBot } from './reminders/reminders-bot.js';
import { requestsBot } from './requests/requests-bot.js';
import { setupBot } from './setup/setup-bot.js';
import { sourcesBot } from './sources/sources-bot.js';
import { spacesBot } from './spaces/spaces-bot.js';

/** What the product's commands need. */
export interface Services {
  members: MembersService;
  orgs: OrgsService;
  events: EventsService;
  responses: ResponsesService;
  attendance: AttendanceService;
  attendanceAdmin: AttendanceAdminService;
  eventAttendance: EventAttendanceService;
  feedbackSettings: FeedbackSettingsService;
  prompts: PromptsService;
  recaps: RecapsService;
  audit: AuditService;
  announce: AnnounceService;
  announced: AnnouncedService;
  setup: SetupService;
  settings: SettingsService;
  spaces: SpacesService;
  admins: AdminsService;
  orgMap: OrgMapService;
  drawOrgMap: DrawOrgMap;
  drawStars: DrawStars;
  links: LinksService;
  choices: ChoicesService;
  eventReminders: EventRemindersService;
  reach: ReachService;
  joining: JoiningService;
  invites: InvitesService;
  requests: RequestsService;
  discovery: DiscoveryService;
  places: Places;
  guests: GuestsService;
  goers: GoersService;
  sources: SourcesService;
  /** Where our own pages are reached, if that is known. */
  publicUrl: string | undefined;
  /** Where this machine itself reaches them. */
  localUrl: () => string;
  calendarFeeds: CalendarFeedService;
  news: NewsService;
}

/** The registry with everything the product can do. A new feature's module is added to this list, and nowhere else. */
export function createRollcallRegistry(services: Services, more: readonly BotModule[] = []): Registry {
  const registry: Registry = createRegistry([
    discoveryBot(services),
    orgsBot(services),
    mapBot(services),
    joiningBot(services),
    eventsBot(services),
    remindersBot(services),
    eventRemindersBot(services),
    attendanceBot(services),
    eventAttendanceBot(services),
    calendarBot(services),
    notifyBot(services),
    reachBot(services),
    profileBot(services),
    dataBot(services),
    linkBot(services),
    locationBot(services),
    setupBot(services),
    manageBot(services),
    feedbackBot(services),
    recapsBot(services),
    spacesBot(services),
    announceBot(services),
    adminsBot(services),
    auditBot(services),
    invitesBot(services),
    requestsBot(services),
    sourcesBot(services),
    guestsBot(services),
    digestsBot(services),
    consentBot(),
    messagesBot(services),
    helpBot({ registry: () => registry }),
    ...more,
  ]);
  return registry;
}

/** The bot with all of the product in it. */
export function createRollcallBot(parts: {
  services: Services;
  clock: Clock;
  logger: Logger;
  onAnswered?: (answered: Answered) => void;
  /** Further modules, for tests that need more kinds of commands than the product has. */
  more?: readonly BotModule[];
}): Bot {
  const { services, more, ...rest } = parts;
  const registry = createRollcallRegistry(services, more);
  return createBot({
    ...rest,
    registry,
    members: services.members,
    hear: createHear({ members: services.members, registry }),
    home: createHome(services),
    noticeFor: createReachNotice(services),
    noteVouchedEmail: services.guests.noteVouchedEmail,
  });
}
