import type { AnnouncementsRepository } from './announcements/announcements-repository.js';
import type { AttendanceRepository, PromptsRepository } from './attendance/attendance-repository.js';
import type { EventAttendanceRepository } from './attendance/event-attendance-repository.js';
import type { FeedbackSettingsRepository } from './attendance/feedback-settings.js';
import type { RecapsRepository } from './attendance/recaps.js';
import type { AuditRepository } from './audit/audit-repository.js';
import type { CalendarFeedsRepository } from './events/calendar-feeds-repository.js';
import type { EventListingRepository } from './events/event-listing-repository.js';
import type { EventsRepository } from './events/events-repository.js';
import type { GuestProofsRepository, GuestReadsRepository, GuestsRepository } from './events/guests-repository.js';
import type { PersonalLinksRepository } from './events/personal-links.js';
import type { ResponsesRepository } from './events/responses-repository.js';
import type { SourcesRepository } from './events/sources-repository.js';
import type { LinksRepository } from './members/links-repository.js';
import type { MembersRepository } from './members/members-repository.js';
import type { PersonalDataRepository } from './members/personal-data.js';
import type { WrongCodesRepository } from './members/wrong-codes.js';
import type { ChoicesRepository } from './notifications/choices-repository.js';
import type { DeliveriesRepository } from './notifications/deliveries-repository.js';
import type { GoersRepository } from './notifications/goers-repository.js';
import type { MailingsRepository } from './notifications/mailing.js';
import type { NewsRepository } from './notifications/news-repository.js';
import type { ReachRepository } from './notifications/reach-repository.js';
import type { DiscoveryRepository } from './orgs/discovery-repository.js';
import type { InvitesRepository } from './orgs/invites-repository.js';
import type { OrgsRepository } from './orgs/orgs-repository.js';
import type { RequestsRepository } from './orgs/requests-repository.js';
import type { SpacesRepository } from './orgs/spaces-repository.js';

/** Every feature's storage port. */
export interface Repositories {
  members: MembersRepository;
  orgs: OrgsRepository;
  links: LinksRepository;
  personalData: PersonalDataRepository;
  wrongCodes: WrongCodesRepository;
  invites: InvitesRepository;
  requests: RequestsRepository;
  deliveries: DeliveriesRepository;
  mailings: MailingsRepository;
  news: NewsRepository;
  discovery: DiscoveryRepository;
  audit: AuditRepository;
  spaces: SpacesRepository;
  announcements: AnnouncementsRepository;
  events: EventsRepository;
  calendarFeeds: CalendarFeedsRepository;
  eventListing: EventListingRepository;
  responses: ResponsesRepository;
  attendance: AttendanceRepository;
  prompts: PromptsRepository;
  eventAttendance: EventAttendanceRepository;
  recaps: RecapsRepository;
  feedbackSettings: FeedbackSettingsRepository;
  personalLinks: PersonalLinksRepository;
  guests: GuestsRepository;
  guestReads: GuestReadsRepository;
  guestProofs: GuestProofsRepository;
  sources: SourcesRepository;
  goers: GoersRepository;
  choices: ChoicesRepository;
  reach: ReachRepository;
}

/**
 * Runs work on the database as a whole or not at all, and hands it the repositories to use.
 * Nothing but these repositories may be awaited inside: there is one writer, and it waits for nobody.
 * `isReadOnly` promises that nothing is written, so that no write lock need be taken. `leavesNoTrace` sees to it that
 * what the work erased is gone from the disk as well, before it resolves.
 */
export type InTransaction = <Result>(
  work: (repositories: Repositories) => Promise<Result>,
  options?: { isReadOnly?: boolean; leavesNoTrace?: boolean },
) => Promise<Result>;
