import type { Generated } from 'kysely';

/** The tables as they stand after the last migration. A test compares this file with the database itself. */
export interface Schema {
  members: MembersTable;
  identities: IdentitiesTable;
  orgs: OrgsTable;
  org_numbers: OrgNumbersTable;
  spaces: SpacesTable;
  connect_codes: ConnectCodesTable;
  audit_entries: AuditEntriesTable;
  memberships: MembershipsTable;
  link_codes: LinkCodesTable;
  member_links: MemberLinksTable;
  join_requests: JoinRequestsTable;
  invites: InvitesTable;
  wrong_codes: WrongCodesTable;
  deliveries: DeliveriesTable;
  event_sources: EventSourcesTable;
  webhook_receipts: WebhookReceiptsTable;
  events: EventsTable;
  event_changes: EventChangesTable;
  notification_choices: NotificationChoicesTable;
  event_reminders: EventRemindersTable;
  told_events: ToldEventsTable;
  mailings: MailingsTable;
  responses: ResponsesTable;
  attendance_marks: AttendanceMarksTable;
  attendance: AttendanceTable;
  erased_attendance: ErasedAttendanceTable;
  feedback: FeedbackTable;
  prompt_rounds: PromptRoundsTable;
  unasked_orgs: UnaskedOrgsTable;
  recaps: RecapsTable;
  personal_links: PersonalLinksTable;
  former_links: FormerLinksTable;
  guests: GuestsTable;
  guest_reads: GuestReadsTable;
  member_emails: MemberEmailsTable;
  calendar_feeds: CalendarFeedsTable;
  announce_channels: AnnounceChannelsTable;
  announcements: AnnouncementsTable;
  event_mirrors: EventMirrorsTable;
  kept_payloads: KeptPayloadsTable;
  facts: FactsTable;
  job_runs: JobRunsTable;
  job_leases: JobLeasesTable;
  slack_installations: SlackInstallationsTable;
  slack_enterprise_teams: SlackEnterpriseTeamsTable;
}

/** Booleans are 0 or 1, instants UTC ISO text with milliseconds: the same in SQLite and PostgreSQL. */
type Flag = number;
type Instant = string;

export interface MembersTable {
  id: string;
  name: string;
  headline: string;
  career_stage: string | null;
  /** One a line, in lower case. */
  skills: string;
  looking_for: string;
  city_name: string | null;
  city_region: string | null;
  city_country: string | null;
  city_latitude: number | null;
  city_longitude: number | null;
  city_zone: string | null;
  is_location_discoverable: Flag;
  is_attendance_shared: Flag;
  is_profile_shared: Flag;
  zone: string | null;
  locale: string;
  consented_at: Instant;
  stopped_at: Instant | null;
}

export interface IdentitiesTable {
  id: string;
  member_id: string;
  platform: string;
  team_id: string;
  account_id: string;
  direct_channel_id: string | null;
  reach: string;
}

export interface OrgsTable {
  id: string;
  slug: string;
  name: string;
  folded_name: string;
  type: string;
  description: string;
  website: string | null;
  city_name: string | null;
  folded_city: string | null;
  city_region: string | null;
  city_country: string | null;
  city_latitude: number | null;
  city_longitude: number | null;
  city_zone: string | null;
  /** ISO 639-1 codes with commas between. */
  languages: string;
  /** Name, city and description folded, for finding words. */
  search_text: string;
  is_global: Flag;
  is_listed: Flag;
  /** What `is_listed` becomes at an operator's yes; null when no yes is awaited. */
  listed_after_review: Flag | null;
  is_hidden: Flag;
  join_policy: string;
  /** How long after an event its people are asked whether they came. */
  prompt_after_hours: Generated<number>;
  /** Who sees the feedback that is given from now on. */
  feedback_visibility: Generated<string>;
  /** JSON: what is asked of those who came; null while it is the usual question. */
  feedback_questions: Generated<string | null>;
  /** Whether admins get a recap the morning after an event. */
  sends_recaps: Generated<Flag>;
  /** Kept in step with `memberships` by the repository, so that the directory is sorted without counting. */
  active_members: number;
  created_at: Instant;
}

/** The number by which the search index knows an org; kept by triggers. */
export interface OrgNumbersTable {
  number: number;
  org_id: string;
}

export interface ConnectCodesTable {
  code_hash: string;
  org_id: string;
  expires_at: Instant;
  used_at: Instant | null;
}

export interface AuditEntriesTable {
  id: Generated<number>;
  org_id: string;
  actor_kind: string;
  /** Null for an actor who is no member, or was erased. */
  actor_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_member_id: string | null;
  subject_text: string | null;
  /** JSON. */
  before: string | null;
  after: string | null;
  at: Instant;
}

export interface SpacesTable {
  platform: string;
  external_id: string;
  org_id: string;
  connected_at: Instant;
}

export interface MembershipsTable {
  org_id: string;
  member_id: string;
  role: string;
  status: string;
  joined_at: Instant;
  left_at: Instant | null;
  /** Since when its new events are not told to this member. */
  muted_at: Generated<Instant | null>;
}

export interface LinkCodesTable {
  member_id: string;
  identity_id: string;
  code_hash: string;
  expires_at: Instant;
  typed_by: string | null;
}

export interface MemberLinksTable {
  id: string;
  member_id: string;
  /** The id of a member who is no more. */
  absorbed_id: string;
  asked_identity_id: string | null;
  asked_name: string;
  confirmed_identity_id: string | null;
  confirmed_name: string;
  linked_at: Instant;
  /** What the link changed, as JSON; see `personal-data/link-journal.ts`. */
  journal: string;
}

export interface JoinRequestsTable {
  id: string;
  org_id: string;
  member_id: string;
  asked_at: Instant;
  state: string;
  decided_at: Instant | null;
  decided_by: string | null;
}

export interface InvitesTable {
  id: string;
  org_id: string;
  code: string;
  most_uses: number | null;
  uses: number;
  expires_at: Instant | null;
  revoked_at: Instant | null;
  created_at: Instant;
  created_by: string | null;
}

/** When somebody typed a code that is none; what they typed is not kept. */
export interface WrongCodesTable {
  id: string;
  member_id: string;
  tried_at: Instant;
}

export interface DeliveriesTable {
  id: string;
  dedupe_key: string;
  /** Null for what goes to a channel or into a calendar; then `act` and the space are set. */
  member_id: string | null;
  /** The account it goes to, once one was picked or preferred. */
  identity_id: string | null;
  space_platform: string | null;
  space_id: string | null;
  channel_id: string | null;
  act: string | null;
  /** The dedupe key of the delivery that this one waits for and follows up. */
  of_key: string | null;
  /** The dedupe key of an earlier message to the same member, which this one changes. */
  edits_key: Generated<string | null>;
  kind: string;
  /** JSON. */
  payload: string;
  due_at: Instant;
  state: string;
  /** Which queue it stands in while it is due; null until that was looked up. */
  lane: string | null;
  /** Claims so far. */
  attempts: number;
  /** Tries that failed; being asked to wait is none. */
  failures: Generated<number>;
  /** While it is claimed, the end of the claim. */
  next_try_at: Instant;
  unsure_since: Instant | null;
  last_error: string | null;
  sent_at: Instant | null;
  sent_channel_id: string | null;
  sent_message_id: string | null;
}

export interface KeptPayloadsTable {
  key: string;
  payload: string;
  kept_at: Instant;
}

export interface FactsTable {
  name: string;
  value: string;
}

export interface JobRunsTable {
  job: string;
  number: number;
  watermark_at: Instant | null;
  started_at: Instant;
  finished_at: Instant | null;
  state: string;
  outcome: string | null;
  took_ms: number | null;
  failures: number;
  succeeded_at: Instant | null;
}

export interface JobLeasesTable {
  job: string;
  holder: string;
  until: Instant;
}

export interface SlackInstallationsTable {
  /** A workspace's id, or an enterprise's for an org-wide installation. */
  id: string;
  is_enterprise: Flag;
  name: string;
  /** The bot's token and ids as JSON, sealed; nothing once the permission was taken back. */
  sealed_bot: string | null;
  installed_at: Instant;
  revoked_at: Instant | null;
}

export interface SlackEnterpriseTeamsTable {
  team_id: string;
  installation_id: string;
}

/** What each member wants to hear; there from the moment they agreed. */
export interface NotificationChoicesTable {
  member_id: string;
  frequency: Generated<string>;
  /** Such as `1d,1h`; empty for none. */
  reminders: Generated<string>;
  /** Comma-separated; null for all, also those that come later. */
  types: string | null;
  /** Minutes after midnight in the member's zone; both null when quiet hours are off. */
  quiet_from: Generated<number | null>;
  quiet_to: Generated<number | null>;
  /** Null for those who get no digest. */
  next_digest_at: Instant | null;
  zone_asked_at: Generated<Instant | null>;
  /** When they were last told that nothing gets through to them. */
  reach_told_at: Generated<Instant | null>;
}

/** Reminders that a member chose for one event, over their usual ones. */
export interface EventRemindersTable {
  event_id: string;
  member_id: string;
  /** Such as `1d,1h`; empty for none. */
  reminders: string;
}

/** Which events a member was told of as new, so that no digest tells them again. */
export interface ToldEventsTable {
  member_id: string;
  event_id: string;
  /** The dedupe key of the delivery that tells, or told, them. */
  occasion: string;
}

/** A message that many are due: one row in the transaction of its fact, from which deliveries are made in portions. */
export interface MailingsTable {
  id: string;
  /** Planning the same one again plans nothing new. */
  occasion: string;
  kind: string;
  event_id: string | null;
  /** JSON with ids of things. */
  payload: string;
  due_at: Instant;
  /** Members up to this one have their delivery. */
  reached: string | null;
  finished_at: Instant | null;
}

export interface EventSourcesTable {
  id: string;
  org_id: string;
  kind: string;
  /** lu.ma's `cal-…`, where it is known. */
  calendar_id: string | null;
  name: string;
  page_url: string | null;
  feed_url: string | null;
  zone: string | null;
  sealed_api_key: string | null;
  webhook_id: string | null;
  sealed_webhook_secret: string | null;
  connected_at: Instant;
  connected_by: string | null;
  /** Null until the first sync went through, which announces nothing. */
  first_synced_at: Instant | null;
  next_sync_at: Instant;
  last_run_at: Instant | null;
  last_success_at: Instant | null;
  /** JSON. */
  last_counts: string | null;
  /** A code, while the last run failed. */
  last_problem: string | null;
  /** Failed runs in a row. */
  failures: Generated<number>;
  etag: string | null;
  /** Runs written so far, failed ones too. */
  runs: Generated<number>;
  /** Where lu.ma was told to call us. */
  webhook_url: Generated<string | null>;
  /** A code, while some of its guest lists cannot be read. */
  guests_problem: Generated<string | null>;
}

/** Webhooks that were taken already. */
export interface WebhookReceiptsTable {
  source_id: string;
  webhook_id: string;
  received_at: Instant;
}

export interface EventsTable {
  id: string;
  org_id: string;
  source_id: string | null;
  /** lu.ma's `evt-…` or `calev-…`, or what tells an event of another feed apart. */
  luma_id: string;
  title: string;
  folded_title: string;
  description: string;
  url: string | null;
  starts_at: Instant;
  ends_at: Instant | null;
  zone: string;
  is_all_day: Flag;
  /** Run by somebody else than the calendar that lists it. */
  is_foreign: Generated<Flag>;
  place_kind: string;
  place_name: string | null;
  place_city: string | null;
  latitude: number | null;
  longitude: number | null;
  /** As the rules make it out. */
  type: string;
  /** As an organiser chose it, over the rules. */
  chosen_type: string | null;
  visibility: string;
  state: string;
  /** Goes up by one with every change, as calendars expect. */
  sequence: number;
  /** Of what the source told, to see at a glance that nothing changed. */
  fingerprint: string;
  /** Successful reads in a row that did not hold it. */
  missed_reads: Generated<number>;
  first_seen_at: Instant;
  changed_at: Instant;
  /** When its description was last asked for by itself. */
  described_at: Generated<Instant | null>;
}

export interface EventChangesTable {
  id: Generated<number>;
  event_id: string;
  at: Instant;
  what: string;
  /** JSON. */
  before: string | null;
  after: string | null;
}

export interface ResponsesTable {
  event_id: string;
  member_id: string;
  response: string;
  source: string;
  responded_at: Instant;
  /** The member's own last word, which lu.ma's may stand over for now; null when they said nothing themselves. */
  said: string | null;
  said_at: Instant | null;
}

/** What was said of a member at an event, by whom and when. Rows are only ever added; `none` takes back. */
export interface AttendanceMarksTable {
  id: Generated<number>;
  event_id: string;
  member_id: string;
  status: string;
  source: string;
  /** The admin; null where a manager of the space did it, who is no member, or who was erased. */
  marked_by: string | null;
  marked_at: Instant;
}

/** What counts of the marks of a member at an event, and how often they were asked. */
export interface AttendanceTable {
  event_id: string;
  member_id: string;
  status: string;
  source: string | null;
  /** When the mark was made that counts. */
  marked_at: Instant | null;
  prompts: Generated<number>;
  /** When they are asked again. */
  again_at: Instant | null;
  /** When they said "Ask me tomorrow". */
  deferred_at: Instant | null;
  /** When they said that they do not want to be asked about this event. */
  declined_at: Instant | null;
  /** Goes up whenever a message that shows it has to change. */
  revision: Generated<number>;
}

/** People who were erased, in numbers. */
export interface ErasedAttendanceTable {
  event_id: string;
  status: string;
  people: number;
}

export interface FeedbackTable {
  event_id: string;
  member_id: string;
  stars: number | null;
  /** JSON: each answer with the question as it was put. */
  answers: string | null;
  given_at: Instant;
  /** Who sees it, as it was promised. */
  visibility: Generated<string>;
}

/** When those who said they would come to an event were last asked whether they did. */
export interface PromptRoundsTable {
  event_id: string;
  asked_at: Instant;
}

/** Orgs about whose events a member is not to be asked. */
export interface UnaskedOrgsTable {
  member_id: string;
  org_id: string;
  since: Instant;
}

/** In the recap of which morning an admin is told about an event. */
export interface RecapsTable {
  event_id: string;
  member_id: string;
  due_at: Instant;
}

export interface PersonalLinksTable {
  token: string;
  event_id: string;
  member_id: string;
  made_at: Instant;
}

/** Links of accounts that are part of another member now, where that member has a link to the event as well. */
export interface FormerLinksTable {
  token: string;
  event_id: string;
  member_id: string;
}

/** When an event's guest list was last asked for, also in vain: so that every list gets its turn. */
export interface GuestReadsTable {
  event_id: string;
  read_at: Instant;
}

export interface GuestsTable {
  event_id: string;
  luma_guest_id: string;
  luma_user_id: string;
  name: string;
  email_hash: string | null;
  /** The `utm_source` they came with, when it looks like one of ours. */
  link_token: string | null;
  status: string;
  registered_at: Instant | null;
  checked_in_at: Instant | null;
  joined_online_at: Instant | null;
  member_id: string | null;
  matched_by: string | null;
  /** Since when the state speaks for them: what a member said later counts more. */
  changed_at: Instant;
}

export interface MemberEmailsTable {
  member_id: string;
  email_hash: string;
  vouched_by: string;
  learnt_at: Instant;
}

export interface AnnounceChannelsTable {
  platform: string;
  space_id: string;
  org_id: string;
  channel_id: string;
  /** What the channel was called when it was looked at last. */
  name: string;
  is_mirrored: Flag;
  set_at: Instant;
  set_by: string | null;
  off_since: Instant | null;
  off_because: string | null;
}

export interface AnnouncementsTable {
  event_id: string;
  platform: string;
  space_id: string;
  channel_id: string;
  /** The dedupe key of the delivery that posts it. */
  post_key: string;
  is_summary: Flag;
  state: string;
  planned_at: Instant;
}

export interface EventMirrorsTable {
  event_id: string;
  platform: string;
  space_id: string;
  /** The dedupe key of the delivery that makes it. */
  made_key: string;
}

/** Members' private calendar feeds. */
export interface CalendarFeedsTable {
  id: string;
  member_id: string;
  token_hash: string;
  sealed_token: string;
  made_at: Instant;
}
