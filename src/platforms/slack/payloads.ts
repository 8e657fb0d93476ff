import { z } from 'zod';

/**
 * What we read of Slack's payloads; everything else in them passes unseen.
 *
 * @see https://docs.slack.dev/reference/interaction-payloads
 */
export const CommandPayload = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: z.string(),
  user_id: z.string(),
  user_name: z.string().optional(),
  channel_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string(),
});
export type CommandPayload = z.output<typeof CommandPayload>;

const Person = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  name: z.string().optional(),
  username: z.string().optional(),
});
const Team = z.object({ id: z.string() }).nullish();

const Option = z.object({ value: z.string() });

const Tap = z.object({
  type: z.string(),
  action_id: z.string(),
  block_id: z.string().default(''),
  value: z.string().optional(),
  url: z.string().optional(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
});
export type Tap = z.output<typeof Tap>;

const Container = z.object({
  type: z.string(),
  channel_id: z.string().optional(),
  message_ts: z.string().optional(),
  is_ephemeral: z.boolean().optional(),
});

const ViewRef = z.object({
  id: z.string(),
  type: z.enum(['modal', 'home']),
  private_metadata: z.string().default(''),
});

export const ActionPayload = z.object({
  user: Person,
  team: Team,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  container: Container.optional(),
  channel: z.object({ id: z.string() }).optional(),
  view: ViewRef.optional(),
  actions: z.array(Tap).min(1),
});
export type ActionPayload = z.output<typeof ActionPayload>;

const FieldValue = z.object({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
});

export const SubmissionPayload = z.object({
  user: Person,
  team: Team,
  trigger_id: z.string().optional(),
  view: ViewRef.extend({ state: z.object({ values: z.record(z.string(), z.record(z.string(), FieldValue)) }) }),
});
export type SubmissionPayload = z.output<typeof SubmissionPayload>;

export const SuggestionPayload = z.object({
  user: Person,
  team: Team,
  block_id: z.string(),
  value: z.string().default(''),
  view: ViewRef.optional(),
});

export const DirectMessage = z.object({
  channel_type: z.literal('im'),
  subtype: z.undefined().optional(),
  bot_id: z.undefined().optional(),
  user: z.string(),
  channel: z.string(),
  text: z.string().default(''),
  thread_ts: z.string().optional(),
});

export const HomeOpened = z.object({ user: z.string(), channel: z.string().optional(), tab: z.string() });

/** The workspace and the person behind an interaction. */
export function whoActs({ user, team }: { user: z.output<typeof Person>; team?: z.output<typeof Team> }) {
  return { teamId: team?.id ?? user.team_id ?? '', accountId: user.id, name: user.name ?? user.username };
}
