import { refusals } from './discord-errors.js';
import { asList, asNumber, asRecord, asText, isGiven, type Json } from './json.js';
import { checkCommand, checkCommandList } from './limits/command-limits.js';
import type { Messages } from './messages.js';
import type { Call, Route } from './router.js';
import type { RegisteredCommand, World } from './world.js';
import type { WorldJson } from './world-json.js';

interface ApplicationRoutesOptions {
  world: World;
  json: WorldJson;
  messages: Messages;
  /** Where the gateway listens, and how many more sessions may begin today. */
  gateway: () => { url: string; identifiesLeft: number };
  /** How many commands may still be created today: 200 on the real platform. */
  commandCreates: { left: number; registrations: number };
}

/** The bot itself and its commands. @see developers/interactions/application-commands */
export function applicationRoutes({
  world,
  json,
  messages,
  gateway,
  commandCreates,
}: ApplicationRoutesOptions): Route[] {
  function scopeOf({ params }: Call): string {
    if (params.application !== world.applicationId) throw refusals.unknownApplication();
    const { guild = '' } = params;
    if (guild !== '' && !world.guilds.get(guild)?.hasBot) throw refusals.missingAccess();
    return guild;
  }

  function list(call: Call): RegisteredCommand[] {
    return world.commands.get(scopeOf(call)) ?? [];
  }

  function replaceAll(call: Call): RegisteredCommand[] {
    const scope = scopeOf(call);
    const bodies = asList(call.body).map(asRecord);
    messages.verify('ApplicationCommandUpdateRequest[]', call.body, () => checkCommandList(bodies));
    commandCreates.registrations += 1;
    spendCreates(bodies.filter((body) => !findExisting(scope, body)).length);
    const commands = bodies.map((body) => register(scope, body));
    world.commands.set(scope, commands);
    return commands;
  }

  function createOne(call: Call): RegisteredCommand {
    const scope = scopeOf(call);
    const body = asRecord(call.body);
    messages.verify('ApplicationCommandCreateRequest', body, () => checkCommand(body));
    commandCreates.registrations += 1;
    if (!findExisting(scope, body)) spendCreates(1);
    const command = register(scope, body);
    const others = (world.commands.get(scope) ?? []).filter(({ id }) => id !== command.id);
    world.commands.set(scope, [...others, command]);
    return command;
  }

  function deleteOne(call: Call): undefined {
    const scope = scopeOf(call);
    const commands = world.commands.get(scope) ?? [];
    const left = commands.filter(({ id }) => id !== call.params.command);
    if (left.length === commands.length) throw refusals.unknownCommand();
    world.commands.set(scope, left);
  }

  function findExisting(scope: string, { name, type }: Json): RegisteredCommand | undefined {
    const kind = isGiven(type) ? asNumber(type) : 1;
    return world.commands.get(scope)?.find((command) => command.name === name && command.type === kind);
  }

  /** Only commands that did not exist count. */
  function spendCreates(count: number): void {
    if (commandCreates.left < count) throw refusals.tooManyCommandCreates();
    commandCreates.left -= count;
  }

  function register(scope: string, body: Json): RegisteredCommand {
    return {
      ...body,
      id: findExisting(scope, body)?.id ?? world.nextId(),
      application_id: world.applicationId,
      ...(scope !== '' && { guild_id: scope }),
      name: asText(body.name),
      description: asText(body.description),
      type: isGiven(body.type) ? asNumber(body.type) : 1,
      default_member_permissions: body.default_member_permissions ?? null,
      version: world.nextId(),
    };
  }

  function application(): Json {
    const bot = world.users.get(world.botId);
    return {
      id: world.applicationId,
      name: bot?.username,
      description: '',
      bot: bot && json.user(bot),
      bot_public: true,
      bot_require_code_grant: false,
      flags: 0,
      verify_key: '0'.repeat(64),
      interactions_endpoint_url: null,
      approximate_guild_count: [...world.guilds.values()].filter(({ hasBot }) => hasBot).length,
      integration_types_config: { 0: {}, 1: {} },
    };
  }

  function gatewayBot(): Json {
    const { url, identifiesLeft } = gateway();
    const limit = { total: 1000, remaining: identifiesLeft, reset_after: 86_400_000, max_concurrency: 1 };
    return { url, shards: 1, session_start_limit: limit };
  }

  function commandRoutes(path: string): Route[] {
    return [
      { method: 'GET', path, access: 'bot', handle: list },
      { method: 'PUT', path, access: 'bot', handle: replaceAll },
      { method: 'POST', path, access: 'bot', handle: createOne },
      { method: 'DELETE', path: `${path}/:command`, access: 'bot', handle: deleteOne },
    ];
  }

  return [
    { method: 'GET', path: '/gateway/bot', access: 'bot', handle: gatewayBot },
    { method: 'GET', path: '/gateway', access: 'open', handle: () => ({ url: gateway().url }) },
    { method: 'GET', path: '/applications/@me', access: 'bot', handle: application },
    { method: 'GET', path: '/oauth2/applications/@me', access: 'bot', handle: application },
    ...commandRoutes('/applications/:application/commands'),
    ...commandRoutes('/applications/:application/guilds/:guild/commands'),
  ];
}
