/** What a person sees on some surface, told the same way for all of them. */
export interface Sight {
  /** Everything readable, in order, as the platform was sent it. */
  text: string;
  /** The labels of what can be pressed. */
  buttons: string[];
  /** The labels of the form that opened; nothing when it is no form. */
  form: string[] | undefined;
  /** File names of pictures and files that came with it, wherever the platform puts them. */
  files: string[];
  /** What of the hostile text the platform would take for mark-up, a mention or a link of its own. */
  marks: string[];
  /** Whether the asker alone sees it. */
  isPrivate: boolean;
  press(label: string): Promise<Sight>;
  /** Chooses from the select with that placeholder, by the labels. */
  choose(placeholder: string, labels: string[]): Promise<Sight>;
  /** Sends the form; the field labels are keys, a choice is given by its label. */
  submits(values: Record<string, string>): Promise<Sight>;
}

/** The product running on one surface, with somebody who acts in a server and is no member yet. */
export interface Session {
  runs(command: string, options?: Record<string, string>): Promise<Sight>;
  /** What was offered for an option while typing. */
  suggestions(command: string, option: string, text: string): Promise<string[]>;
  /** Rules of the platform that were broken so far. */
  violations(): string[];
  stop(): Promise<void>;
}

export interface Surface {
  name: string;
  /** Whether the platform takes only so much of anything, so that what is more must be cut. */
  hasLimits: boolean;
  start(): Promise<Session>;
}
