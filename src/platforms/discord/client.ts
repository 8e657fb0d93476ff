import {
  Client,
  GatewayIntentBits,
  GatewayOpcodes,
  type IIdentifyThrottler,
  Options,
  Partials,
  type WebSocketOptions,
} from 'discord.js';

/** The manager of @discordjs/ws; discord.js has one of its own by the same name, which hides it. */
type WsManager = Parameters<NonNullable<WebSocketOptions['buildIdentifyThrottler']>>[0];
type WsEvent = Parameters<WsManager['on']>[0];

/** Its events that are signs of life: heartbeats answered, everything dispatched, and the greeting on connecting. */
const SIGNS_OF_LIFE = ['heartbeat', 'dispatch', 'hello'] as WsEvent[];

/** A client, and the means to ask its socket whether anybody is there. */
export interface GatewayClient {
  client: Client;
  /** Asks Discord for a sign of life; the answer moves `lastHeardMs`. */
  probe(): void;
  /** When Discord was last heard, on `performance.now()`'s clock. */
  lastHeardMs(): number;
}

/**
 * A client that keeps in memory little more than servers and channels: interactions bring everything else along. It
 * asks for no privileged intent; `DirectMessages` is for what people write to the bot itself.
 *
 * @see https://docs.discord.com/developers/events/gateway#gateway-intents
 */
export function createGatewayClient({ apiUrl, pacing }: { apiUrl: string; pacing: IIdentifyThrottler }): GatewayClient {
  let socket: WsManager | undefined;
  let heardMs = performance.now();
  const heard = () => {
    heardMs = performance.now();
  };
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
    // Without it messages in conversations that are not in memory are dropped in silence.
    partials: [Partials.Channel],
    rest: { api: apiUrl },
    // Events wait until all servers have arrived; people who wait behind a slow one would miss their 3 s.
    waitGuildTimeout: 2_000,
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ...NOTHING_KEPT,
      GuildMemberManager: { maxSize: 0, keepOverLimit: ({ id, client: { user } }) => id === user.id },
      UserManager: { maxSize: 100, keepOverLimit: ({ id, client: { user } }) => id === user.id },
    }),
    sweepers: {
      ...Options.DefaultSweeperSettings,
      users: {
        interval: 3_600,
        filter:
          () =>
          ({ id, client: { user } }) =>
            id !== user.id,
      },
    },
    ws: {
      buildIdentifyThrottler(manager) {
        socket = manager;
        for (const sign of SIGNS_OF_LIFE) manager.on(sign, heard);
        return pacing;
      },
    },
  });
  return {
    client,
    lastHeardMs: () => heardMs,
    probe() {
      const sequence = (client.ws.shards.first() as { sessionInfo?: { sequence: number } | null } | undefined)
        ?.sessionInfo?.sequence;
      // A heartbeat out of turn. Discord answers it like any other; 120 sends a minute are allowed.
      const send = async () => socket?.send(0, { op: GatewayOpcodes.Heartbeat, d: sequence ?? null });
      send().catch(() => undefined);
    },
  };
}

const NOTHING_KEPT = {
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  VoiceStateManager: 0,
} as const;
