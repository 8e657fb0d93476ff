import type { RichText } from '../../bot/text.js';

/**
 * What goes over the wire between the playground's page and its server. The shapes follow `bot/views.ts` and
 * `bot/forms.ts`, with every tap as the text that is sent back when it is pressed, and every file as an address.
 */
export type { Inline, RichText, TimeStyle } from '../../bot/text.js';

export interface WireView {
  title?: RichText;
  tone: 'plain' | 'good' | 'careful' | 'bad';
  blocks: WireBlock[];
}

export type WireBlock =
  | { kind: 'text'; text: RichText }
  | { kind: 'note'; text: RichText }
  | { kind: 'fields'; fields: { label: string; value: RichText }[] }
  | { kind: 'list'; items: WireItem[] }
  | { kind: 'buttons'; buttons: WireButton[] }
  | WireSelect
  | WirePager
  | WireImage
  | WireFile
  | { kind: 'divider' };

export interface WireItem {
  title: RichText;
  lines: RichText[];
  button?: WireButton;
}

export type WireButton =
  | { kind: 'action'; label: string; id: string; style?: 'primary' | 'danger' }
  | { kind: 'link'; label: string; url: string };

export interface WireSelect {
  kind: 'select';
  placeholder: string;
  id: string;
  options: { value: string; label: string; description?: string; isChosen: boolean }[];
  most: number;
  least: number;
}

export interface WirePager {
  kind: 'pager';
  /** Counted from 0. */
  page: number;
  pages: number;
  previous?: string;
  next?: string;
}

export interface WireImage {
  kind: 'image';
  name: string;
  alt: string;
  url: string;
  /** In pixels, so that the room is kept before the picture is there; 0 when it cannot be told. */
  width: number;
  height: number;
}

export interface WireFile {
  kind: 'file';
  name: string;
  type: string;
  url: string;
  sizeBytes: number;
}

export interface WireChoice {
  value: string;
  label: string;
}

export interface WireForm {
  /** Sent back when the form is. */
  id: string;
  title: string;
  submitLabel: string;
  fields: WireField[];
}

export interface WireField {
  name: string;
  label: string;
  hint?: string;
  isRequired: boolean;
  input: WireFieldInput;
  initial: string | string[];
}

export type WireFieldInput =
  | { kind: 'line'; least: number; most: number; placeholder: string }
  | { kind: 'paragraph'; most: number; placeholder: string }
  | { kind: 'choice'; choices: WireChoice[] }
  | { kind: 'choices'; choices: WireChoice[] }
  | { kind: 'yes-no' }
  | { kind: 'lookup'; placeholder: string };

export interface WireCommand {
  /** The words after the slash. */
  name: string;
  description: string;
  /** In the order they are asked for; the required ones stand first. */
  options: WireOption[];
}

export interface WireOption {
  name: string;
  description: string;
  isRequired: boolean;
  example: string;
  input:
    | { kind: 'text' | 'lookup'; most: number }
    | { kind: 'integer'; least: number; most: number }
    | { kind: 'choice'; choices: WireChoice[] };
}

/** `dm` is the conversation with Rollcall; a channel is `server/channel`. */
export type Where = string;

/** One message, as one person sees it. */
export interface WireMessage {
  id: number;
  where: Where;
  /** An instant by the product's clock. */
  at: string;
  author: { kind: 'bot' } | { kind: 'person'; key: string; name: string };
  /** Whether only this person sees it. */
  isPrivate: boolean;
  /** The command that this answers, with who ran it. */
  command?: { text: string; by: string; key: string };
  /** The id of the message that this one answers; it may be gone. */
  answers?: number;
  body: { kind: 'text'; text: string } | { kind: 'view'; view: WireView };
}

export interface WirePersona {
  key: string;
  name: string;
  /** What they are here: "newcomer", "organiser of BAISH". */
  role: string;
  blurb: string;
  isMember: boolean;
  zone: string;
  locale: string;
}

export interface WireServer {
  key: string;
  name: string;
  isManaged: boolean;
  channels: { id: string; name: string; topic: string }[];
}

/** The product's time. */
export interface WireClock {
  now: string;
  aheadMs: number;
  /** Where it is moving to, while it moves. */
  moving?: { from: string; to: string };
}

/** How many messages wait: for the reader by conversation, for the others in all. */
export interface WireUnread {
  mine: Record<Where, number>;
  others: Record<string, number>;
}

/** Everything that the page needs to draw itself for one person. */
export interface WireState {
  /** Changes when the server restarts, and all that was said is gone. */
  boot: string;
  me: WirePersona;
  servers: WireServer[];
  messages: WireMessage[];
  unread: WireUnread;
  clock: WireClock;
}

/** What does not change while the server runs. */
export interface WireCatalogue {
  personas: WirePersona[];
  commands: WireCommand[];
  groups: Record<string, string>;
}

/** What came of a command, a tap, a form or a text. */
export type WireOutcome =
  | { kind: 'message'; message: WireMessage }
  | { kind: 'form'; form: WireForm }
  | { kind: 'correct'; form: WireForm; problems: Record<string, string> };

/** What came of moving the clock. */
export interface WireMoved {
  clock: WireClock;
  /** Direct messages that arrived on the way, by person. */
  delivered: Record<string, number>;
  /** The jobs that ran, where the scheduler tells. */
  jobs: { job: string; outcome: string }[];
}

/** What is sent while the page is open, by event name. */
export interface WireEvents {
  hello: { boot: string };
  message: WireMessage;
  gone: { id: number };
  unread: WireUnread;
  clock: WireClock;
}
