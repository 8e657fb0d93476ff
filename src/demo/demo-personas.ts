/** Somebody the local playground lets one act as. */
export interface DemoPersona {
  /** The key of a demo member, or of nobody yet for a newcomer. */
  key: string;
  name: string;
  /** False for the newcomer, who has not agreed to anything, so nothing is stored about them. */
  isMember: boolean;
  label: string;
  blurb: string;
  /** IANA zone that their chat platform would tell. */
  zone: string;
  /** BCP 47. */
  locale: string;
  /** Keys of the orgs whose chat server they are in. */
  servers: readonly string[];
  /** Keys of the orgs in whose chat server they have Manage Server. */
  managesServers: readonly string[];
}

export const DEMO_PERSONAS: readonly DemoPersona[] = [
  {
    key: 'noor-haddad',
    name: 'Noor Haddad',
    isMember: false,
    label: 'Noor · newcomer',
    blurb: 'Just arrived in the BAISH server and has agreed to nothing: see the consent card and a first join.',
    zone: 'America/Argentina/Buenos_Aires',
    locale: 'es-AR',
    servers: ['baish', 'circulo-bioseguridad-ba'],
    managesServers: [],
  },
  {
    key: 'ana-ferreira',
    name: 'Ana Ferreira',
    isMember: true,
    label: 'Ana · member',
    blurb: 'Lives across the river from Lisbon, in two orgs: events, RSVPs, attendance prompts and digests.',
    zone: 'Europe/Lisbon',
    locale: 'pt-PT',
    servers: ['lisboa-alinhada', 'biosecurity-book-club'],
    managesServers: [],
  },
  {
    key: 'tomas-quiroga',
    name: 'Tomás Quiroga',
    isMember: true,
    label: 'Tomás · organiser of BAISH',
    blurb: 'Runs BAISH and manages its server: settings, lu.ma, announcements, programs, the CRM and its charts.',
    zone: 'America/Argentina/Buenos_Aires',
    locale: 'es-AR',
    servers: ['baish', 'circulo-bioseguridad-ba', 'fieldbuilders-online'],
    managesServers: ['baish'],
  },
  {
    key: 'priya-raman',
    name: 'Priya Raman',
    isMember: true,
    label: 'Priya · organiser, approval org',
    blurb: 'Admin of the Bengaluru Safety Studio, where people ask to join: requests, invites and overrides.',
    zone: 'Asia/Kolkata',
    locale: 'en-IN',
    servers: ['bengaluru-safety-studio', 'cubbon-park-readers', 'fieldbuilders-online'],
    managesServers: [],
  },
  {
    key: 'kenji-watanabe',
    name: 'Kenji Watanabe',
    isMember: true,
    label: 'Kenji · private member',
    blurb: 'Shares nothing but his name: see what location search, admins and exports do without it.',
    zone: 'Asia/Tokyo',
    locale: 'ja-JP',
    servers: ['tokyo-slow-reading', 'kanda-research-desk'],
    managesServers: [],
  },
  {
    key: 'maya-goldstein',
    name: 'Maya Goldstein',
    isMember: true,
    label: 'Maya · in many orgs',
    blurb: 'Belongs to five orgs around the Bay and online, reads miles and am/pm: busy digests, mutes, calendar.',
    zone: 'America/Los_Angeles',
    locale: 'en-US',
    servers: ['strawberry-creek', 'lake-merritt-evals', 'bay-biosecurity-supper', 'mission-forecasting'],
    managesServers: [],
  },
];
