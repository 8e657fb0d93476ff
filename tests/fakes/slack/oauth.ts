import type { Answer } from './answer.js';
import { asString, type Dict } from './json.js';
import { SlackError } from './slack-error.js';
import type { Stage } from './stage.js';
import type { EnterpriseRecord, InstallRecord, TeamRecord } from './world.js';

/** What somebody allowed, until the app trades its code for a token. */
interface Grant {
  placeId: string;
  scopes: string[];
  redirectUri: string | undefined;
  isUsed: boolean;
}

/** The codes that were given out; each is good once. */
export class Grants {
  readonly #grants = new Map<string, Grant>();

  issue(grant: Omit<Grant, 'isUsed'>): string {
    const code = `code-${this.#grants.size + 1}.${grant.placeId}`;
    this.#grants.set(code, { ...grant, isUsed: false });
    return code;
  }

  /** @throws SlackError `invalid_code` or `code_already_used`. */
  use(code: string): Grant {
    const grant = this.#grants.get(code);
    if (!grant) throw new SlackError('invalid_code');
    if (grant.isUsed) throw new SlackError('code_already_used');
    grant.isUsed = true;
    return grant;
  }
}

/** Slack's own pages of an installation: one asks where to, the others lead back to the app. */
export function oauthPage(stage: Stage, url: URL): Answer {
  const query = url.searchParams;
  if (query.get('client_id') !== stage.settings.clientId) return { status: 400, body: 'invalid_client_id' };
  if (!query.get('scope')) return { status: 400, body: 'invalid_scope' };
  const { redirectUrls } = stage.settings;
  const redirectUri = query.get('redirect_uri') ?? redirectUrls[0] ?? '';
  const isKnown = redirectUrls.length === 0 || redirectUrls.some((known) => redirectUri.startsWith(known));
  if (!isKnown || redirectUri === '') return { status: 400, body: 'bad_redirect_uri' };
  if (url.pathname === '/oauth/v2/authorize') return choicePage(stage, url);
  const back = new URL(redirectUri);
  const state = query.get('state');
  if (state !== null) back.searchParams.set('state', state);
  if (url.pathname === '/oauth/v2/deny') back.searchParams.set('error', 'access_denied');
  else {
    const placeId = query.get('place') ?? '';
    const scopes = (query.get('scope') ?? '').split(',');
    const grant = { placeId, scopes, redirectUri: query.get('redirect_uri') ?? undefined };
    back.searchParams.set('code', stage.grants.issue(grant));
  }
  return { status: 302, body: '', headers: { location: back.href } };
}

function choicePage({ world }: Stage, url: URL): Answer {
  const link = (path: string, words: string, place?: string) => {
    const query = new URLSearchParams(url.searchParams);
    if (place) query.set('place', place);
    return `<li><a href="/oauth/v2/${path}?${query.toString().replaceAll('&', '&amp;')}">${words}</a></li>`;
  };
  const places = [...world.teams.values(), ...world.enterprises.values()];
  const choices = places.map(({ id, name }) => link('allow', `Allow in ${name}`, id));
  const body = `<h1>Rollcall is requesting permission</h1><ul>${choices.join('')}${link('deny', 'Cancel')}</ul>`;
  return { status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

/** Trades a code for a token; the app is then installed there, again if need be. */
export function exchangeCode(stage: Stage, args: Dict): Dict {
  const { settings, world } = stage;
  if (args.client_id !== settings.clientId) throw new SlackError('invalid_client_id');
  if (args.client_secret !== settings.clientSecret) throw new SlackError('bad_client_secret');
  const grant = stage.grants.use(asString(args.code));
  if ((args.redirect_uri ?? undefined) !== grant.redirectUri) throw new SlackError('bad_redirect_uri');
  const enterprise = world.enterprises.get(grant.placeId);
  const team = world.teams.get(grant.placeId);
  if (enterprise) return tokenAnswer(stage, installOrgWide(stage, enterprise, grant), enterprise, undefined);
  if (!team) throw new SlackError('invalid_code');
  renew(stage, team, grant);
  team.isOrgWide = false;
  return tokenAnswer(stage, team, team.enterprise, team);
}

/** A token that was taken back never works again, so that there is a new one. */
function renew(stage: Stage, record: InstallRecord, { scopes, placeId }: Grant): void {
  if (record.token !== 'active') record.botToken = `xoxb-${stage.world.nextId('secret-')}-${placeId}`;
  record.token = 'active';
  record.scopes = new Set(scopes);
}

/** One token for every workspace of the enterprise. */
function installOrgWide(stage: Stage, enterprise: EnterpriseRecord, grant: Grant): EnterpriseRecord {
  renew(stage, enterprise, grant);
  for (const team of stage.world.teams.values()) {
    if (team.enterprise !== enterprise) continue;
    const { botToken, botId, botUserId, scopes, token } = enterprise;
    Object.assign(team, { botToken, botId, botUserId, scopes, token, isOrgWide: true });
  }
  return enterprise;
}

function tokenAnswer(
  { settings, world }: Stage,
  { botToken, botUserId, scopes }: InstallRecord,
  enterprise: EnterpriseRecord | undefined,
  team: TeamRecord | undefined,
): Dict {
  const installer = [...world.users.values()].find((user) => !user.isBot && (!team || user.teamId === team.id));
  return {
    access_token: botToken,
    token_type: 'bot',
    scope: [...scopes].join(','),
    bot_user_id: botUserId,
    app_id: settings.appId,
    team: team ? { id: team.id, name: team.name } : null,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    authed_user: { id: installer?.id ?? 'U0INSTALLER' },
    is_enterprise_install: team === undefined,
  };
}
