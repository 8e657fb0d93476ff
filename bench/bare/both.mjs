// Both libraries connecting and nothing else, for the time from start to ready.
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { Client, Events, GatewayIntentBits } from 'discord.js';

const slackApiUrl = process.env.SLACK_API_URL;
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
  rest: { api: process.env.DISCORD_API_URL },
  waitGuildTimeout: 500,
});
const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
const receiver = new SocketModeReceiver({
  appToken: process.env.SLACK_APP_TOKEN,
  logLevel: LogLevel.ERROR,
  installerOptions: { clientOptions: { slackApiUrl } },
});
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  receiver,
  logLevel: LogLevel.ERROR,
  deferInitialization: true,
  convoStore: false,
  clientOptions: { slackApiUrl },
});
await Promise.all([client.login(process.env.DISCORD_TOKEN), app.init()]);
await Promise.all([ready, app.start()]);
process.send?.({ kind: 'ready', rss: process.memoryUsage().rss });
