import type { Dict } from './json.js';
import { messagePayload } from './methods/payloads.js';
import type { Occasion } from './sights.js';
import type { Stage } from './stage.js';
import { initialValue, stateValues, viewPayload } from './views.js';
import type { ChannelRecord, EnterpriseRecord, MessageRecord, TeamRecord, UserRecord, ViewRecord } from './world.js';

/** Who does something, and where the app is installed. */
export interface Actor {
  user: UserRecord;
  team: TeamRecord;
}

/** What every interaction carries. */
function basics(stage: Stage, { user, team }: Actor): Dict {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    // With an org-wide installation it may be missing.
    team: team.isOrgWide ? null : { id: team.id, domain: team.domain },
    api_app_id: stage.settings.appId,
    token: 'verification-token',
    enterprise: team.enterprise ? { id: team.enterprise.id, name: team.enterprise.name } : null,
    is_enterprise_install: team.isOrgWide,
  };
}

export function commandPayload(
  stage: Stage,
  { user, team }: Actor,
  channel: ChannelRecord,
  occasion: Occasion,
  { command, text }: { command: string; text: string },
): Dict {
  return {
    token: 'verification-token',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: stage.settings.appId,
    ...(team.enterprise ? { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name } : {}),
    is_enterprise_install: String(team.isOrgWide),
    response_url: stage.responseUrls.issue(stage, occasion),
    trigger_id: stage.triggers.issue(occasion),
  };
}

/** Where an element stands: in a message or in a view. */
export type Place = { message: MessageRecord } | { view: ViewRecord };

/** An ephemeral message is not repeated to the app, only where it was. */
export function placePayload(stage: Stage, place: Place): Dict {
  if ('view' in place) {
    return { container: { type: 'view', view_id: place.view.id }, view: viewPayload(stage, place.view) };
  }
  const { message } = place;
  const channel = stage.world.channels.get(message.channelId);
  const isEphemeral = message.ephemeralFor !== undefined;
  return {
    container: { type: 'message', message_ts: message.ts, channel_id: message.channelId, is_ephemeral: isEphemeral },
    channel: { id: message.channelId, name: channel?.kind === 'im' ? 'directmessage' : channel?.name },
    ...(isEphemeral ? {} : { message: messagePayload(stage, message) }),
  };
}

/** A press or a choice. Only messages come with a response URL. */
export function actionPayload(
  stage: Stage,
  actor: Actor,
  place: Place,
  occasion: Occasion,
  { action, state }: { action: Dict; state: Dict },
): Dict {
  const isView = 'view' in place;
  return {
    type: 'block_actions',
    ...basics(stage, actor),
    ...placePayload(stage, place),
    trigger_id: stage.triggers.issue(occasion, isView ? place.view.id : undefined),
    ...(isView ? {} : { response_url: stage.responseUrls.issue(stage, occasion), state: { values: state } }),
    actions: [action],
  };
}

/** Typing into a select whose options come from the app. */
export function suggestionPayload(stage: Stage, actor: Actor, place: Place, element: Dict, value: string): Dict {
  const { action_id, block_id } = element;
  return {
    type: 'block_suggestion',
    ...basics(stage, actor),
    ...placePayload(stage, place),
    action_id,
    block_id,
    value,
  };
}

export function submissionPayload(stage: Stage, actor: Actor, view: ViewRecord, occasion: Occasion): Dict {
  return {
    type: 'view_submission',
    ...basics(stage, actor),
    trigger_id: stage.triggers.issue(occasion, view.id),
    view: viewPayload(stage, view),
    response_urls: [],
  };
}

export function closedPayload(stage: Stage, actor: Actor, view: ViewRecord, isCleared: boolean): Dict {
  return { type: 'view_closed', ...basics(stage, actor), view: viewPayload(stage, view), is_cleared: isCleared };
}

export function shortcutPayload(stage: Stage, actor: Actor, callbackId: string, occasion: Occasion): Dict {
  const trigger = { trigger_id: stage.triggers.issue(occasion), action_ts: stage.world.nextTs() };
  return { type: 'shortcut', ...basics(stage, actor), callback_id: callbackId, ...trigger };
}

/** An event around its content, with an id of its own. */
export function eventPayload(stage: Stage, team: TeamRecord, event: Dict): Dict {
  const { botUserId, enterprise, isOrgWide } = team;
  return {
    ...enveloped(stage, event),
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: enterprise?.id ?? null,
    authorizations: [
      {
        enterprise_id: enterprise?.id ?? null,
        team_id: isOrgWide ? null : team.id,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: isOrgWide,
      },
    ],
  };
}

/** An event that concerns an enterprise as a whole. */
export function enterpriseEventPayload(stage: Stage, { id, botUserId }: EnterpriseRecord, event: Dict): Dict {
  const authorization = { enterprise_id: id, team_id: null, user_id: botUserId, is_bot: true };
  return {
    ...enveloped(stage, event),
    team_id: null,
    enterprise_id: id,
    authorizations: [{ ...authorization, is_enterprise_install: true }],
  };
}

function enveloped(stage: Stage, event: Dict): Dict {
  return {
    type: 'event_callback',
    token: 'verification-token',
    api_app_id: stage.settings.appId,
    event_id: stage.world.nextId('Ev'),
    event_time: Math.floor(stage.settings.now() / 1000),
    is_ext_shared_channel: false,
    event,
  };
}

/** What the inputs of a message hold, with the choice that was just made. */
export function messageState(message: MessageRecord, typed: Map<string, Dict>): Dict {
  return stateValues({ content: { blocks: message.blocks }, typed });
}

/** Whether an element keeps a value; buttons and overflow menus do not. */
export function hasMemory(element: Dict): boolean {
  return initialValue(element) !== undefined;
}
