import type { Answer } from './answer.js';
import type { Fault } from './faults.js';
import { asString, type Dict } from './json.js';
import { CHAT_METHODS } from './methods/chat.js';
import { FILE_METHODS } from './methods/files.js';
import type { Method } from './methods/method.js';
import { PEOPLE_METHODS } from './methods/people.js';
import { VIEW_METHODS } from './methods/views.js';
import { exchangeCode } from './oauth.js';
import { checkScope, neededScope } from './scopes.js';
import { SlackError } from './slack-error.js';
import { noting, type RecordedRequest, type Stage } from './stage.js';
import type { TeamRecord } from './world.js';

/** A call as it came in: `token` from wherever it was, `headerToken` only from `Authorization`. */
export interface Incoming {
  method: string;
  args: Dict;
  token: string;
  headerToken: string;
}

const METHODS: Record<string, Method> = { ...CHAT_METHODS, ...FILE_METHODS, ...PEOPLE_METHODS, ...VIEW_METHODS };

/** Answers one Web API call, recorded, with whatever fault was planned for it. */
export async function answerCall(stage: Stage, incoming: Incoming): Promise<Answer> {
  const { method, args, token } = incoming;
  const record: RecordedRequest = { method, args, token, at: performance.now() };
  stage.requests.push(record);
  const fault = stage.faults.next(method);
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  const answer = planned(fault) ?? handle(stage, incoming);
  record.status = answer.status;
  if (typeof answer.body !== 'string' && answer.body.ok === false) record.error = asString(answer.body.error);
  return fault?.kind === 'drop-after-handling' ? { ...answer, drop: true } : answer;
}

/** The answer of a fault that keeps a call from being carried out. */
export function planned(fault: Fault | undefined): Answer | undefined {
  if (fault?.kind === 'status') return { status: fault.status, body: 'upstream trouble' };
  if (fault?.kind === 'error') return { status: 200, body: { ok: false, error: fault.error } };
  if (fault?.kind === 'rate-limit') return tooMany(fault.retryAfterSeconds);
  return undefined;
}

function tooMany(seconds: number): Answer {
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } };
}

function handle(stage: Stage, incoming: Incoming): Answer {
  try {
    return dispatch(stage, incoming);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const team = findTeam(stage, incoming.token, incoming.args);
    return {
      status: 200,
      body: { ok: false, error: error.code, ...error.extra },
      headers: scopeHeaders(stage, incoming, team),
    };
  }
}

function dispatch(stage: Stage, incoming: Incoming): Answer {
  const { method, args, token } = incoming;
  if (method === 'apps.connections.open') return openConnection(stage, incoming);
  if (method === 'api.test') return { status: 200, body: { ok: true } };
  if (method === 'oauth.v2.access') return { status: 200, body: { ok: true, ...exchangeCode(stage, args) } };
  const run = METHODS[method];
  if (!run) return noting(stage, method, () => refuse('unknown_method'));
  const team = authorise(stage, incoming);
  const seconds = stage.rateLimits.retryAfter(method, team.id, asString(args.channel));
  if (seconds !== undefined) return tooMany(seconds);
  checkScope(stage.world, team, method, args);
  const result = noting(stage, method, () => run({ method, args, token, team, stage }));
  return { status: 200, body: { ok: true, ...result }, headers: scopeHeaders(stage, incoming, team) };
}

function refuse(code: string): never {
  throw new SlackError(code);
}

/** The token of an org-wide installation is good for several workspaces, and the call says which. */
function findTeam({ world }: Stage, token: string, args: Dict): TeamRecord | undefined {
  const teams = [...world.teams.values()].filter((team) => team.botToken === token);
  const isOrgWide = teams.some((team) => team.isOrgWide);
  return isOrgWide && args.team_id !== undefined ? teams.find(({ id }) => id === args.team_id) : teams[0];
}

function authorise(stage: Stage, { method, token, args }: Incoming): TeamRecord {
  if (!token) throw new SlackError('not_authed');
  if (token === stage.settings.appToken) throw new SlackError('not_allowed_token_type');
  const team = findTeam(stage, token, args);
  if (!team) throw new SlackError(findTeam(stage, token, {}) ? 'team_access_not_granted' : 'invalid_auth');
  if (team.token !== 'active') throw new SlackError(team.token);
  if (team.isOrgWide && args.team_id === undefined && method !== 'auth.test') {
    stage.violations.push(`${method}: an org-wide token without team_id`);
  }
  return team;
}

function openConnection(stage: Stage, { method, headerToken }: Incoming): Answer {
  if (!headerToken) throw new SlackError('not_authed');
  if (findTeam(stage, headerToken, {})) throw new SlackError('not_allowed_token_type');
  if (headerToken !== stage.settings.appToken) throw new SlackError('invalid_auth');
  const seconds = stage.rateLimits.retryAfter(method, 'app', '');
  if (seconds !== undefined) return tooMany(seconds);
  const url = `${stage.origin.replace('http', 'ws')}/link/?ticket=${stage.sockets.issueTicket()}&app_id=${stage.settings.appId}`;
  return { status: 200, body: { ok: true, url } };
}

function scopeHeaders(stage: Stage, { method, args }: Incoming, team?: TeamRecord): Record<string, string> {
  if (!team) return {};
  const needed = neededScope(stage.world, method, args);
  return {
    'x-oauth-scopes': [...team.scopes].join(','),
    ...(needed ? { 'x-accepted-oauth-scopes': needed } : {}),
  };
}
