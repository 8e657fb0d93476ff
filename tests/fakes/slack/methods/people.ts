import { asFlag, asString } from '../json.js';
import { SlackError } from '../slack-error.js';
import { type Call, getChannel, getUser, type Method, page, requireArg } from './method.js';
import { channelPayload, userPayload } from './payloads.js';

const usersInfo: Method = (call) => {
  const user = getUser(call, requireArg(call, 'user'));
  return { user: userPayload(user, seesEmail(call), asFlag(call.args.include_locale)) };
};

const usersList: Method = (call) => {
  const { args, stage, team } = call;
  if (args.limit === undefined) throw new SlackError('limit_required');
  const everybody = [...stage.world.users.values()].filter((user) => user.teamId === team.id);
  const { items, cursor } = page(everybody, args);
  const members = items.map((user) => userPayload(user, seesEmail(call), asFlag(args.include_locale)));
  return { members, cache_ts: Math.floor(stage.settings.now() / 1000), response_metadata: { next_cursor: cursor } };
};

const lookupByEmail: Method = (call) => {
  const email = requireArg(call, 'email').toLowerCase();
  const users = [...call.stage.world.users.values()];
  const user = users.find((one) => one.teamId === call.team.id && !one.isDeleted && one.email.toLowerCase() === email);
  if (!user) throw new SlackError('users_not_found');
  return { user: userPayload(user, true, false) };
};

function seesEmail({ team }: Call): boolean {
  return team.scopes.has('users:read.email');
}

const openConversation: Method = (call) => {
  const { args, stage } = call;
  if (typeof args.channel === 'string') return { channel: channelPayload(getChannel(call, args.channel)) };
  const ids = asString(args.users).split(',').filter(Boolean);
  if (ids.length !== 1) throw new SlackError(ids.length === 0 ? 'users_list_not_supplied' : 'missing_scope');
  const user = getUser(call, ids[0] ?? '');
  if (user.isBot) throw new SlackError('cannot_dm_bot');
  if (user.isDeleted) throw new SlackError('user_disabled');
  const dm = stage.world.dmWith(user);
  return { channel: asFlag(args.return_im) ? channelPayload(dm) : { id: dm.id } };
};

const conversationInfo: Method = (call) => ({
  channel: channelPayload(getChannel(call, requireArg(call, 'channel', 'channel_not_found'))),
});

/** The channels that the app is in. */
const ownConversations: Method = ({ args, stage, team }) => {
  const kinds = asString(args.types || 'public_channel')
    .split(',')
    .map((type) => type.replace('_channel', ''));
  const own = [...stage.world.channels.values()].filter(
    ({ teamId, kind, botIsMember, isArchived }) =>
      teamId === team.id && botIsMember && kinds.includes(kind) && !(isArchived && asFlag(args.exclude_archived)),
  );
  const { items, cursor } = page(own, args);
  return { channels: items.map(channelPayload), response_metadata: { next_cursor: cursor } };
};

const conversationMembers: Method = (call) => {
  const channel = getChannel(call, requireArg(call, 'channel', 'channel_not_found'));
  const { items, cursor } = page([...channel.members], call.args);
  return { members: items, response_metadata: { next_cursor: cursor } };
};

const teamInfo: Method = ({ team }) => ({
  team: { id: team.id, name: team.name, domain: team.domain, url: `https://${team.domain}.slack.com/` },
});

const botsInfo: Method = ({ args, stage, team }) => {
  if (args.bot !== undefined && args.bot !== team.botId) throw new SlackError('bot_not_found');
  const bot = {
    id: team.botId,
    app_id: stage.settings.appId,
    user_id: team.botUserId,
    name: 'rollcall',
    deleted: false,
  };
  return { bot };
};

const authTest: Method = ({ team }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  team_id: team.id,
  user: 'rollcall',
  user_id: team.botUserId,
  bot_id: team.botId,
  is_enterprise_install: team.isOrgWide,
  ...(team.enterprise ? { enterprise_id: team.enterprise.id } : {}),
});

const authRevoke: Method = ({ args, team }) => {
  if (!asFlag(args.test)) team.token = 'token_revoked';
  return { revoked: !asFlag(args.test) };
};

export const PEOPLE_METHODS: Record<string, Method> = {
  'auth.test': authTest,
  'auth.revoke': authRevoke,
  'users.info': usersInfo,
  'users.list': usersList,
  'users.lookupByEmail': lookupByEmail,
  'conversations.open': openConversation,
  'conversations.info': conversationInfo,
  'conversations.members': conversationMembers,
  'users.conversations': ownConversations,
  'team.info': teamInfo,
  'bots.info': botsInfo,
};
