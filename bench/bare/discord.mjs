// The least that discord.js takes to answer a command: fixed text, seen by the asker alone.
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
  rest: { api: process.env.DISCORD_API_URL },
  waitGuildTimeout: 500,
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) {
    await interaction.reply({ content: 'Fixed text.', flags: MessageFlags.Ephemeral });
  }
});
client.once(Events.ClientReady, () => process.send?.({ kind: 'ready', rss: process.memoryUsage().rss }));
client.on(Events.Error, () => undefined);
await client.login(process.env.DISCORD_TOKEN);
