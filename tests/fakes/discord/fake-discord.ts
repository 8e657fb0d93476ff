import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeDiscord, FakeDiscordOptions } from './api.js';
import { applicationRoutes } from './application-routes.js';
import { createWaitFor, faultControls, gatewayControls, interactionControls } from './controls.js';
import { eventRoutes } from './event-routes.js';
import { createFaults } from './faults.js';
import { createGateway } from './gateway.js';
import { guildRoutes } from './guild-routes.js';
import { createHttpServer, type RecordedRequest } from './http-server.js';
import { interactionRoutes } from './interaction-routes.js';
import { createInteractions, type Interaction } from './interactions.js';
import { messageRoutes } from './message-routes.js';
import { createMessages } from './messages.js';
import { openapiCheck } from './openapi-check.js';
import { announceMessage, createPerson } from './people.js';
import type { Platform } from './platform.js';
import { createRateLimits } from './rate-limits.js';
import type { Route } from './router.js';
import { createServer } from './servers.js';
import { createWorld, type User, type World } from './world.js';
import { createWorldJson, type WorldJson } from './world-json.js';

export type { FakeDiscord, FakeDiscordOptions } from './api.js';

/** Starts a fake Discord on a free local port. */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const { token = 'fake-token', botName = 'rollcall' } = options;
  const world = createWorld({ token, botName });
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const network = { isDown: false };
  const state = {
    dmRules: { openingsLeft: Infinity, isQuarantined: false },
    commandCreates: { left: options.commandCreatesPerDay ?? 200, registrations: 0 },
  };
  const listeners = new Set<(interaction: Interaction) => void>();
  const faults = createFaults();
  const routes: Route[] = [];
  const http = createHttpServer({
    routes: () => routes,
    token,
    faults,
    rateLimits: createRateLimits({
      isOn: options.rateLimits ?? true,
      globalPerSecond: options.globalRequestsPerSecond ?? 50,
    }),
    requests,
    violations,
    isRefusing: () => network.isDown,
  });
  const address = await listen(http);
  const json = createWorldJson(world, { filesUrl: () => `http://${address}/files` });
  const platform = assemble({ world, json, http, options, listeners, isDown: () => network.isDown });
  platform.gateway.listenAt(`ws://${address}`);
  routes.push(...allRoutes(platform, { options, state, address }));
  const waitFor = createWaitFor();

  return {
    apiUrl: `http://${address}/api`,
    token,
    applicationId: world.applicationId,
    botId: world.botId,
    requests,
    violations,
    commands: () => world.commands.get('') ?? [],
    commandRegistrations: () => state.commandCreates.registrations,
    gatewayCounts: platform.gateway.counts,
    connectedCount: platform.gateway.connectedCount,
    addGuild: ({ name, ownerId }) => createServer(platform, { name, ownerId }),
    addUser: (user) => createPerson(platform, storeUser(world, user), waitFor),
    waitFor,
    ...interactionControls(platform, listeners),
    ...gatewayControls(platform, network),
    ...faultControls(faults, state.dmRules),
    async stop() {
      platform.gateway.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

interface Assembly {
  world: World;
  json: WorldJson;
  http: HttpServer;
  options: FakeDiscordOptions;
  listeners: Set<(interaction: Interaction) => void>;
  isDown: () => boolean;
}

function assemble({ world, json, http, options, listeners, isDown }: Assembly): Platform {
  const gateway = createGateway(http, {
    world,
    json,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
    privilegedIntents: options.privilegedIntents ?? 0,
    isRefusing: isDown,
  });
  const interactions = createInteractions({
    world,
    gateway,
    ackDeadlineMs: options.ackDeadlineMs ?? 3_000,
    settleTimeoutMs: options.settleTimeoutMs ?? 8_000,
    onCallback: (interaction) => {
      for (const listener of listeners) listener(interaction);
    },
  });
  const messages = createMessages({ world, checkSpec: options.specification === false ? () => [] : openapiCheck() });
  return { world, json, messages, interactions, gateway };
}

interface RouteSetup {
  options: FakeDiscordOptions;
  state: {
    dmRules: { openingsLeft: number; isQuarantined: boolean };
    commandCreates: { left: number; registrations: number };
  };
  address: string;
}

function allRoutes(platform: Platform, { options, state, address }: RouteSetup): Route[] {
  const { gateway } = platform;
  const identifiesLeft = () => Math.max(0, (options.identifiesPerDay ?? 1000) - gateway.counts.identifies);
  return [
    ...interactionRoutes({
      ...platform,
      tokenLifeMs: options.tokenLifeMs ?? 15 * 60_000,
      isOnlyMeasuring: options.isOnlyMeasuring ?? false,
    }),
    ...messageRoutes({
      ...platform,
      dmRules: state.dmRules,
      nonceLifeMs: options.nonceLifeMs ?? 3 * 60_000,
      onMessage: (message) => announceMessage(platform, message),
    }),
    ...applicationRoutes({
      ...platform,
      gateway: () => ({ url: `ws://${address}`, identifiesLeft: identifiesLeft() }),
      commandCreates: state.commandCreates,
    }),
    ...eventRoutes(platform),
    ...guildRoutes({ ...platform, canListMembers: Boolean((options.privilegedIntents ?? 0) & 2) }),
    {
      method: 'GET',
      path: '/files/:id/:name',
      access: 'open',
      handle: ({ params }) => fileBytes(platform.world, params.id),
    },
  ];
}

function fileBytes({ messages, uploads }: World, id: string | undefined): Buffer | undefined {
  const attached = [...messages.values()].flatMap(({ attachments }) => attachments);
  return [...attached, ...uploads].find((attachment) => attachment.id === id)?.bytes;
}

function storeUser(
  world: World,
  { username, globalName, locale = 'en-US', acceptsDms = true }: Parameters<FakeDiscord['addUser']>[0],
): User {
  const user: User = {
    id: world.nextId(Date.now() - 3_600_000),
    username,
    globalName: globalName ?? null,
    isBot: false,
    locale,
    acceptsDms,
    hasInstalledApp: false,
  };
  world.users.set(user.id, user);
  return user;
}

async function listen(http: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(http.address() as AddressInfo).port}`;
}
