import { count, type ListedTable, nobody, owner, type PersonalData, person, secret, texts } from './listing.js';

/**
 * The one list of tables and columns that hold people. Export, deletion and the linking of two accounts follow it, and
 * tests fail when a table or column is missing, or when a column that refers to a member has no owner here.
 *
 * Adding a table: give its primary key; for each column that holds a member's id an entry in `owners`, which says under
 * which heading the member finds the row in their export, why it is kept, and what erasing them does; and for every
 * column what it is: `person('In words', 'moment')`, `nobody`, `count`, `secret('why')`, or `texts(…)` for free text or
 * JSON in which anybody may be named. Such as, for requests that an admin decides:
 *
 *   join_requests: {
 *     key: ['id'],
 *     owners: [
 *       { column: 'member_id', title: 'Requests to join', why: 'So that admins can decide.', erasing: 'row goes' },
 *       { column: 'decided_by', title: 'Requests you decided', why: 'So that others see who did.',
 *         erasing: 'set null', shows: ['org_id', 'decided_at'] },
 *     ],
 *     columns: {
 *       id: nobody, member_id: owner, org_id: person('Org', 'org'),
 *       decided_by: owner, decided_at: person('Decided', 'moment'), before: texts('words go'),
 *     },
 *   },
 *
 * Rows go in the order of the list, so a table stands before those that it refers to; `members` is always the last.
 */
export const PERSONAL_DATA: PersonalData = {
  memberships: {
    key: ['org_id', 'member_id'],
    owners: [
      {
        column: 'member_id',
        title: 'Your orgs',
        why: 'The orgs you joined, asked to join or left; kept so that you find your history again when you come back.',
        erasing: 'row goes',
        uniqueWith: ['org_id'],
      },
    ],
    columns: {
      org_id: person('Org', 'org'),
      member_id: owner,
      role: person('Role', 'code'),
      status: person('Status', 'code'),
      joined_at: person('Joined, or asked to', 'moment'),
      left_at: person('Left', 'moment'),
    },
  },
  deliveries: {
    key: ['id'],
    owners: [
      {
        column: 'member_id',
        title: 'Messages to you',
        why: 'What is to be sent to you, and that it was; kept so that nothing is lost or sent twice. Texts are not kept.',
        erasing: 'row goes',
      },
    ],
    columns: {
      id: nobody,
      dedupe_key: secret('It only keeps the same message from being sent twice.'),
      member_id: owner,
      identity_id: person('To the account number'),
      kind: person('About', 'code'),
      payload: texts('row goes'),
      due_at: person('Due', 'moment'),
      state: person('State', 'code'),
      attempts: person('Times tried', 'number'),
      next_try_at: nobody,
      unsure_since: nobody,
      last_error: person('What went wrong'),
      sent_at: person('Sent', 'moment'),
      sent_channel_id: person('Into the conversation number'),
      sent_message_id: person('As the message number'),
    },
  },
  responses: {
    key: ['event_id', 'member_id'],
    owners: [
      {
        column: 'member_id',
        title: 'What you said about events',
        why: 'Going, interested or not going; kept for reminders, and so that organisers know how many to expect.',
        erasing: 'row goes',
        uniqueWith: ['event_id'],
      },
    ],
    columns: {
      event_id: person('Event number'),
      member_id: owner,
      response: person('Answer', 'code'),
      source: person('Told by', 'code'),
      responded_at: person('When', 'moment'),
    },
  },
  personal_links: {
    key: ['token'],
    owners: [
      {
        column: 'member_id',
        title: 'Your personal links to lu.ma',
        why: 'So that a registration made with such a link is known to be yours.',
        erasing: 'row goes',
        uniqueWith: ['event_id'],
      },
    ],
    columns: {
      token: person('Token in the link'),
      event_id: person('Event number'),
      member_id: owner,
      made_at: person('Made', 'moment'),
    },
  },
  guests: {
    key: ['event_id', 'luma_guest_id'],
    owners: [
      {
        column: 'member_id',
        title: 'Your registrations on lu.ma',
        why: 'What lu.ma tells the organisers about their guests; kept so that you need not answer twice.',
        erasing: 'row goes',
      },
    ],
    columns: {
      event_id: person('Event number'),
      luma_guest_id: person('Guest number on lu.ma'),
      luma_user_id: person('Your number on lu.ma'),
      name: person('Name there', 'text', 'name'),
      email_hash: secret('Your address is kept in a form that nobody can read, so there is nothing to show.'),
      link_token: person('Came by the link with the token'),
      status: person('State', 'code'),
      registered_at: person('Registered', 'moment'),
      checked_in_at: person('Checked in', 'moment'),
      joined_online_at: person('Joined online', 'moment'),
      member_id: owner,
      matched_by: person('Known to be you by', 'code'),
      changed_at: nobody,
    },
  },
  member_emails: {
    key: ['member_id', 'email_hash'],
    owners: [
      {
        column: 'member_id',
        title: 'Addresses by which lu.ma knows you',
        why: 'So that your registrations there are known to be yours. The addresses themselves are not kept.',
        erasing: 'row goes',
        uniqueWith: ['email_hash'],
      },
    ],
    columns: {
      member_id: owner,
      email_hash: secret('It is kept in a form that nobody can read, so there is nothing to show.'),
      vouched_by: person('Known from', 'code'),
      learnt_at: person('Since', 'moment'),
    },
  },
  event_changes: {
    key: ['id'],
    owners: [],
    columns: { id: nobody, event_id: nobody, at: nobody, what: nobody, before: nobody, after: nobody },
  },
  events: {
    key: ['id'],
    owners: [],
    columns: {
      id: nobody,
      org_id: nobody,
      source_id: nobody,
      luma_id: nobody,
      title: nobody,
      folded_title: nobody,
      description: nobody,
      url: nobody,
      starts_at: nobody,
      ends_at: nobody,
      zone: nobody,
      is_all_day: nobody,
      place_kind: nobody,
      place_name: nobody,
      place_city: nobody,
      latitude: nobody,
      longitude: nobody,
      type: nobody,
      chosen_type: nobody,
      visibility: nobody,
      state: nobody,
      sequence: nobody,
      fingerprint: nobody,
      missed_reads: nobody,
      first_seen_at: nobody,
      changed_at: nobody,
    },
  },
  webhook_receipts: {
    key: ['source_id', 'webhook_id'],
    owners: [],
    columns: { source_id: nobody, webhook_id: nobody, received_at: nobody },
  },
  event_sources: {
    key: ['id'],
    owners: [
      {
        column: 'connected_by',
        title: 'Calendars you connected',
        why: 'So that the other admins see whom to ask about one.',
        erasing: 'set null',
        shows: ['org_id', 'name', 'kind', 'connected_at'],
      },
    ],
    columns: {
      id: nobody,
      org_id: person('Org', 'org'),
      kind: person('Kind', 'code'),
      calendar_id: nobody,
      name: person('Calendar'),
      page_url: nobody,
      feed_url: nobody,
      zone: nobody,
      sealed_api_key: secret('It opens the calendar and belongs to the org.'),
      webhook_id: nobody,
      sealed_webhook_secret: secret('It belongs to the org.'),
      connected_at: person('Connected', 'moment'),
      connected_by: owner,
      first_synced_at: nobody,
      next_sync_at: nobody,
      last_run_at: nobody,
      last_success_at: nobody,
      last_counts: nobody,
      last_problem: nobody,
      failures: nobody,
      etag: nobody,
    },
  },
  join_requests: {
    key: ['id'],
    owners: [
      {
        column: 'member_id',
        title: 'Your requests to join',
        why: 'So that an org’s admins can decide, and you can ask again when it is time.',
        erasing: 'row goes',
        shows: ['org_id', 'asked_at', 'state', 'decided_at'],
        uniqueWith: ['org_id'],
        uniqueWhile: { state: 'pending' },
      },
      {
        column: 'decided_by',
        title: 'Requests you decided',
        why: 'So that the other admins see who did.',
        erasing: 'set null',
        shows: ['org_id', 'state', 'decided_at'],
      },
    ],
    columns: {
      id: nobody,
      org_id: person('Org', 'org'),
      member_id: owner,
      asked_at: person('Asked', 'moment'),
      state: person('State', 'code'),
      decided_at: person('Decided', 'moment'),
      decided_by: owner,
    },
  },
  invites: {
    key: ['id'],
    owners: [
      {
        column: 'created_by',
        title: 'Invites you made',
        why: 'So that the other admins see whom to ask about one.',
        erasing: 'set null',
      },
    ],
    columns: {
      id: nobody,
      org_id: person('Org', 'org'),
      code: person('Code'),
      most_uses: person('Uses at most', 'number'),
      uses: count,
      expires_at: person('Works until', 'moment'),
      revoked_at: person('Revoked', 'moment'),
      created_at: person('Made', 'moment'),
      created_by: owner,
    },
  },
  wrong_codes: {
    key: ['id'],
    owners: [
      {
        column: 'member_id',
        title: 'Wrong codes you typed',
        why: 'When, and not what, so that nobody finds a code by trying; kept for a day at most.',
        erasing: 'row goes',
      },
    ],
    columns: { id: nobody, member_id: owner, tried_at: person('Typed', 'moment') },
  },
  link_codes: {
    key: ['member_id'],
    owners: [
      {
        column: 'member_id',
        title: 'Your code for linking an account',
        why: 'The last code you asked for; it works for ten minutes, and once.',
        erasing: 'row goes',
        uniqueWith: [],
      },
    ],
    columns: {
      member_id: owner,
      identity_id: person('Asked for with the account number'),
      code_hash: secret('It is kept in a form that nobody can read, so there is nothing to show.'),
      expires_at: person('Works until', 'moment'),
      typed_by: person('Typed with the account number'),
    },
  },
  member_links: {
    key: ['id'],
    owners: [
      {
        column: 'member_id',
        title: 'Accounts you linked',
        why: 'That two of your accounts became one member, and how both stood before, so that it can be undone.',
        erasing: 'row goes',
      },
    ],
    columns: {
      id: nobody,
      member_id: owner,
      absorbed_id: person('Number of the member who is no more', 'text', 'id'),
      asked_identity_id: person('Asked for with the account number'),
      asked_name: person('Name there', 'text', 'name'),
      confirmed_identity_id: person('Confirmed with the account number'),
      confirmed_name: person('Name here', 'text', 'name'),
      linked_at: person('Linked', 'moment'),
      journal: { ...person('How the other stood before', 'journal'), naming: 'words go' },
    },
  },
  audit_entries: {
    key: ['id'],
    owners: [
      {
        column: 'actor_id',
        title: 'What you changed in orgs',
        why: 'Admins of an org see who changed what in it; kept without you once you are erased.',
        erasing: 'set null',
      },
      {
        column: 'subject_member_id',
        title: 'What admins changed about you',
        why: 'Admins of an org see who was made an admin or is one no longer; kept without you once you are erased.',
        erasing: 'set null',
        shows: ['org_id', 'action', 'at'],
      },
    ],
    columns: {
      id: nobody,
      org_id: person('Org', 'org'),
      actor_kind: person('Acting as', 'code'),
      actor_id: owner,
      action: person('Action', 'code'),
      subject_kind: nobody,
      subject_member_id: owner,
      subject_text: { ...person('What was changed'), naming: 'words go' },
      before: { ...person('Before', 'json'), naming: 'words go' },
      after: { ...person('After', 'json'), naming: 'words go' },
      at: person('When', 'moment'),
    },
  },
  identities: {
    key: ['id'],
    owners: [
      {
        column: 'member_id',
        title: 'Your accounts',
        why: 'Where you use Rollcall; kept so that you are known there, and can be written to about what you chose.',
        erasing: 'row goes',
      },
    ],
    columns: {
      id: person('Number of this account in Rollcall', 'text', 'id'),
      member_id: owner,
      platform: person('Platform', 'code'),
      team_id: person('Slack workspace'),
      account_id: person('Account number there', 'text', 'id'),
      direct_channel_id: person('Number of your conversation with Rollcall', 'text', 'id'),
      reach: person('Whether messages get through', 'code'),
    },
  },
  orgs: {
    key: ['id'],
    owners: [],
    columns: {
      id: nobody,
      slug: nobody,
      name: nobody,
      folded_name: nobody,
      type: nobody,
      description: nobody,
      website: nobody,
      city_name: nobody,
      folded_city: nobody,
      city_region: nobody,
      city_country: nobody,
      city_latitude: nobody,
      city_longitude: nobody,
      city_zone: nobody,
      languages: nobody,
      search_text: nobody,
      is_global: nobody,
      is_listed: nobody,
      listed_after_review: nobody,
      is_hidden: nobody,
      join_policy: nobody,
      active_members: count,
      created_at: nobody,
    },
  },
  // Numbers for the search index.
  org_numbers: { key: ['number'], owners: [], columns: { number: nobody, org_id: nobody } },
  spaces: {
    key: ['platform', 'external_id'],
    owners: [],
    columns: { platform: nobody, external_id: nobody, org_id: nobody, connected_at: nobody },
  },
  // Whoever installed the app is not kept.
  slack_enterprise_teams: { key: ['team_id'], owners: [], columns: { team_id: nobody, installation_id: nobody } },
  slack_installations: {
    key: ['id'],
    owners: [],
    columns: {
      id: nobody,
      is_enterprise: nobody,
      name: nobody,
      sealed_bot: nobody,
      installed_at: nobody,
      revoked_at: nobody,
    },
  },
  connect_codes: {
    key: ['code_hash'],
    owners: [],
    columns: { code_hash: nobody, org_id: nobody, expires_at: nobody, used_at: nobody },
  },
  // What stands behind buttons that are too long for their platform.
  kept_payloads: {
    key: ['key'],
    owners: [],
    columns: { key: nobody, payload: texts('row goes'), kept_at: nobody },
  },
  facts: { key: ['name'], owners: [], columns: { name: nobody, value: nobody } },
  job_runs: {
    key: ['job'],
    owners: [],
    columns: {
      job: nobody,
      number: nobody,
      watermark_at: nobody,
      started_at: nobody,
      finished_at: nobody,
      state: nobody,
      outcome: nobody,
      took_ms: nobody,
      failures: nobody,
      succeeded_at: nobody,
    },
  },
  job_leases: { key: ['job'], owners: [], columns: { job: nobody, holder: nobody, until: nobody } },
  members: {
    key: ['id'],
    owners: [
      {
        column: 'id',
        title: 'You',
        why: 'What you told about yourself and what you chose; kept for as long as you are a member.',
        erasing: 'row goes',
      },
    ],
    columns: {
      id: person('Your number in Rollcall', 'text', 'id'),
      name: person('Name', 'text', 'name'),
      headline: person('Headline'),
      career_stage: person('Career stage', 'code'),
      skills: person('Skills', 'lines'),
      looking_for: person('Looking for'),
      city_name: person('City'),
      city_region: person('Region'),
      city_country: person('Country'),
      city_latitude: person('Latitude of the city', 'number'),
      city_longitude: person('Longitude of the city', 'number'),
      city_zone: person('Time zone of the city'),
      is_location_discoverable: person('Location on', 'yes-no'),
      is_attendance_shared: person('Attendance shown to all your orgs', 'yes-no'),
      is_profile_shared: person('Profile shown to admins of your orgs', 'yes-no'),
      zone: person('Time zone'),
      locale: person('Language'),
      consented_at: person('Agreed', 'moment'),
      stopped_at: person('Said “stop”', 'moment'),
    },
  },
};

/** The same list, table by table. */
export const LISTED_TABLES: readonly ListedTable[] = (
  Object.entries(PERSONAL_DATA) as [keyof PersonalData, Omit<ListedTable, 'name'>][]
).map(([name, listing]) => ({ name, ...listing }));
