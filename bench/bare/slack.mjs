// The least that Bolt takes to answer a command: fixed text in the acknowledgement, or one of the answers handed in
// ready-made, by command.
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';

const slackApiUrl = process.env.SLACK_API_URL;
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
app.command('/ping', async ({ ack }) => {
  await ack({ response_type: 'ephemeral', text: 'Fixed text.' });
});
for (const [command, answer] of Object.entries(JSON.parse(process.env.READY_MADE ?? '{}'))) {
  app.command(command, async ({ ack }) => {
    await ack(answer);
  });
}
await app.init();
await app.start();
process.send?.({ kind: 'ready', rss: process.memoryUsage().rss });
