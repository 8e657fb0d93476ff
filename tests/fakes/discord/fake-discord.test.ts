import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type ChatInputCommandInteraction,
  Client,
  ContainerBuilder,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Partials,
  PermissionFlagsBits,
  REST,
  Routes,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './fake-discord.js';
import { hasSpecification } from './openapi-check.js';

const commands = [
  new SlashCommandBuilder()
    .setName('orgs')
    .setDescription('Organisations')
    .addSubcommand((join) =>
      join
        .setName('join')
        .setDescription('Join one')
        .addStringOption((org) => org.setName('org').setDescription('Which').setRequired(true).setAutocomplete(true))
        .addUserOption((friend) => friend.setName('friend').setDescription('With whom')),
    ),
  new SlashCommandBuilder().setName('do').setDescription('Whatever the test says'),
  new SlashCommandBuilder()
    .setName('manage')
    .setDescription('For organisers')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .setContexts(0),
].map((command) => command.toJSON());

let discord: FakeDiscord;
let client: Client;
let rest: REST;
const problems: Error[] = [];

/** Starts the platform with a small bot on it that answers interactions as the test says. */
async function start(answer: (interaction: Interaction) => Promise<unknown>, options: FakeDiscordOptions = {}) {
  discord = await startFakeDiscord({ settleTimeoutMs: 2_000, ...options });
  const guild = discord.addGuild({ name: 'BAISH' });
  const ana = discord.addUser({ username: 'ana', globalName: 'Ana', locale: 'en-GB' });
  const ben = discord.addUser({ username: 'ben' });
  ana.joins(guild);
  ben.joins(guild);
  client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    rest: { api: discord.apiUrl, offset: 0 },
    ws: { buildIdentifyThrottler: () => ({ waitForIdentify: async () => undefined }) as never },
    waitGuildTimeout: 500,
  });
  client.on('error', (error) => problems.push(error));
  client.on(Events.InteractionCreate, answer);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  rest = new REST({ version: '10', api: discord.apiUrl, offset: 0 }).setToken(discord.token);
  await rest.put(Routes.applicationCommands(discord.applicationId), { body: commands });
  return { guild, ana, ben };
}

/** A bot that answers commands only. */
function onCommand(answer: (command: ChatInputCommandInteraction) => Promise<unknown>) {
  return async (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) await answer(interaction);
  };
}

const confirmRow = () =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('confirm').setLabel('Confirm').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('never').setLabel('Never').setStyle(ButtonStyle.Danger).setDisabled(true),
  );

const layout = (...texts: string[]) =>
  new ContainerBuilder()
    .addTextDisplayComponents(...texts.map((text) => new TextDisplayBuilder().setContent(text)))
    .addActionRowComponents(confirmRow());

beforeEach(() => {
  problems.length = 0;
});

afterEach(async () => {
  await client.destroy();
  await discord.stop();
});

describe('commands', () => {
  it('shows a layout reply to the person who ran the command, and to nobody else when it is ephemeral', async () => {
    const { guild, ana, ben } = await start(
      onCommand((command) =>
        command.reply({
          components: [layout('# Orgs', `For ${command.options.getString('org')}`)],
          flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
        }),
      ),
    );
    const seen = await ana.in(guild).runs('/orgs join', { org: 'baish', friend: ben });
    expect(seen.text).toBe('# Orgs\nFor baish');
    expect(seen.buttons).toEqual(['Confirm', 'Never']);
    expect(seen.isEphemeral).toBe(true);
    expect(guild.messagesSeenBy(ana)).toHaveLength(1);
    expect(guild.messagesSeenBy(ben)).toHaveLength(0);
    expect(discord.violations).toEqual([]);
  });

  it('hands over people, locale and place as the real payload does', async () => {
    const heard: unknown[] = [];
    const { guild, ana, ben } = await start(
      onCommand(async (command) => {
        const friend = command.options.getUser('friend');
        heard.push(command.locale, command.guildId, friend?.username, command.memberPermissions?.has('ManageGuild'));
        await command.reply('ok');
      }),
    );
    ana.joins(guild, { permissions: PermissionFlagsBits.ManageGuild });
    await ana.in(guild).runs('/orgs join', { org: 'baish', friend: ben });
    expect(heard).toEqual(['en-GB', guild.id, 'ben', true]);
  });

  it('refuses what Discord’s client would not let a person send', async () => {
    const { guild, ana } = await start(onCommand((command) => command.reply('ok')));
    const here = ana.in(guild);
    await expect(here.runs('/nothing')).rejects.toThrow('No command /nothing');
    await expect(here.runs('/orgs')).rejects.toThrow('needs one of: join');
    await expect(here.runs('/orgs join')).rejects.toThrow('needs option org');
    await expect(here.runs('/orgs join', { org: 'a', colour: 'red' })).rejects.toThrow('no option colour');
    await expect(here.runs('/orgs join', { org: 5 })).rejects.toThrow('does not take 5');
    await expect(here.runs('/manage')).rejects.toThrow('not offered to ana');
    await expect(ana.inDm().runs('/manage')).rejects.toThrow('not offered in direct messages');
  });

  it('gives suggestions while typing', async () => {
    const { guild, ana } = await start(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `Suggested ${typed}`, value: typed }]);
    });
    expect(await ana.in(guild).types('/orgs join', 'org', 'ba')).toEqual([{ name: 'Suggested ba', value: 'ba' }]);
    expect(discord.violations).toEqual([]);
  });

  it('waits for a deferred answer and keeps it ephemeral', async () => {
    const { ana } = await start(
      onCommand(async (command) => {
        await command.deferReply({ flags: MessageFlags.Ephemeral });
        await command.editReply({ components: [layout('done')], flags: MessageFlags.IsComponentsV2 });
        await command.followUp('and more');
      }),
    );
    const seen = await ana.inDm().runs('/do');
    expect(seen.text).toBe('done');
    expect(seen.isEphemeral).toBe(true);
    await discord.waitFor(() => seen.followUps().length === 1);
    expect(seen.followUps()[0]?.text).toBe('and more');
    expect(discord.violations).toEqual([]);
  });

  it('says what was missing when a deferral is left alone', async () => {
    const { ana } = await start(
      onCommand((command) => command.deferReply()),
      { settleTimeoutMs: 50 },
    );
    await expect(ana.inDm().runs('/do')).rejects.toThrow('neither @original was edited');
  });

  it('counts only new commands against the day’s limit and refuses broken ones', async () => {
    await start(async () => undefined, { commandCreatesPerDay: 4 });
    const route = Routes.applicationCommands(discord.applicationId);
    await rest.put(route, { body: commands });
    await rest.put(route, { body: [{ name: 'one', description: 'one' }] });
    await expect(rest.put(route, { body: [{ name: 'two', description: 'two' }] })).rejects.toMatchObject({
      code: 30034,
    });
    await expect(rest.put(route, { body: [{ name: 'Big Name', description: '' }] })).rejects.toMatchObject({
      code: 50035,
    });
    expect(discord.commandRegistrations()).toBe(4);
    expect(discord.violations.join()).toContain('APPLICATION_COMMAND_INVALID_NAME');
  });
});

describe('the clock and the one answer', () => {
  it('refuses a second answer', async () => {
    const codes: unknown[] = [];
    const { ana } = await start(
      onCommand(async (command) => {
        await command.reply('first');
        const route = Routes.interactionCallback(command.id, command.token);
        const again = rest.post(route, { body: { type: 4, data: { content: 'second' } }, auth: false });
        await again.catch((error: DiscordAPIError) => codes.push(error.status, error.code));
      }),
    );
    expect((await ana.inDm().runs('/do')).text).toBe('first');
    await discord.waitFor(() => codes.length > 0);
    expect(codes).toEqual([400, 40060]);
  });

  it('refuses a late answer and tells the person that nothing came', async () => {
    const codes: unknown[] = [];
    const { ana } = await start(
      onCommand(async (command) => {
        await new Promise((resolve) => setTimeout(resolve, 120));
        await command.reply('late').catch((error: DiscordAPIError) => codes.push(error.status, error.code));
      }),
      { ackDeadlineMs: 60 },
    );
    await expect(ana.inDm().runs('/do')).rejects.toThrow('The application did not respond');
    await discord.waitFor(() => codes.length > 0);
    expect(codes).toEqual([404, 10062]);
  });

  it('refuses edits with an expired token', async () => {
    const { ana } = await start(
      onCommand(async (command) => {
        await command.reply('first');
        discord.expireTokens();
        await command.editReply('second').catch((error) => problems.push(error));
      }),
    );
    const seen = await ana.inDm().runs('/do');
    await discord.waitFor(() => problems.length > 0);
    expect(problems[0]).toMatchObject({ status: 401, code: 50027 });
    expect(seen.now().text).toBe('first');
  });

  it('delivers an interaction twice when told to, with one visible effect', async () => {
    let deliveries = 0;
    const { ana } = await start(
      onCommand(async (command) => {
        deliveries += 1;
        await command.reply(`answer ${deliveries}`).catch((error) => problems.push(error));
      }),
    );
    discord.deliverTwice(true);
    const seen = await ana.inDm().runs('/do');
    await discord.waitFor(() => problems.length > 0);
    expect(deliveries).toBe(2);
    expect(seen.now().text).toBe('answer 1');
    expect(problems[0]).toMatchObject({ code: 40060 });
  });

  it('tells how long the answer took', async () => {
    const { ana } = await start(onCommand((command) => command.reply('ok')));
    const times: number[] = [];
    discord.onCallback(({ sentAt, callbackAt = 0 }) => times.push(callbackAt - sentAt));
    const draft = ana.inDm().prepares('/do');
    await Promise.all(Array.from({ length: 10 }, () => discord.send(draft).answered));
    expect(times).toHaveLength(10);
    expect(Math.min(...times)).toBeGreaterThan(0);
  });
});

describe('buttons, selects and forms', () => {
  it('updates the message a button stands on', async () => {
    const { guild, ana } = await start(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'Sure?', components: [confirmRow()] });
      if (interaction.isButton()) await interaction.update({ content: `Yes, ${interaction.customId}`, components: [] });
    });
    const seen = await ana.in(guild).runs('/do');
    await expect(seen.press('Other')).rejects.toThrow('No button "Other"; there are: Confirm, Never');
    await expect(seen.press('Never')).rejects.toThrow('disabled');
    const next = await seen.press('Confirm');
    expect(next.text).toBe('Yes, confirm');
    expect(next.buttons).toEqual([]);
    expect(guild.messagesSeenBy(ana)).toHaveLength(1);
    expect(discord.violations).toEqual([]);
  });

  it('sends the values picked in a select', async () => {
    const select = new StringSelectMenuBuilder()
      .setCustomId('kind')
      .setPlaceholder('Kind of org')
      .addOptions({ label: 'Chapter', value: 'chapter' }, { label: 'Company', value: 'company' });
    const { guild, ana } = await start(async (interaction) => {
      const row = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select);
      if (interaction.isChatInputCommand()) await interaction.reply({ components: [row] });
      if (interaction.isStringSelectMenu()) {
        await interaction.deferUpdate();
        await interaction.editReply({ content: interaction.values.join(), components: [] });
      }
    });
    const seen = await ana.in(guild).runs('/do');
    expect(seen.selects).toMatchObject([{ placeholder: 'Kind of org', options: ['Chapter', 'Company'] }]);
    await expect(seen.choose('Kind of org', ['Club'])).rejects.toThrow('there are: Chapter, Company');
    expect((await seen.choose('Kind of org', ['Chapter'])).text).toBe('chapter');
  });

  it('opens a form, enforces its fields and hands over what was typed', async () => {
    const { ana } = await start(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(profileForm());
      if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue('headline'));
    });
    const form = await ana.inDm().runs('/do');
    expect(form.modal).toMatchObject({ title: 'Profile', labels: ['Headline'], prefilled: { Headline: 'old' } });
    await expect(form.submits({ Headline: 'x'.repeat(21) })).rejects.toThrow('0 to 20 characters');
    await expect(form.submits({ Headline: '' })).rejects.toThrow('"Headline" is required');
    expect((await form.submits({ Headline: 'new' })).text).toBe('new');
    expect((await form.submits()).text).toBe('old');
    expect(discord.violations).toEqual([]);
  });

  it('updates the message from which a form was opened, and turns it into a layout', async () => {
    const { guild, ana } = await start(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'Edit?', components: [confirmRow()] });
      if (interaction.isButton()) await interaction.showModal(profileForm());
      if (!interaction.isModalSubmit() || !interaction.isFromMessage()) return;
      const text = interaction.fields.getTextInputValue('headline');
      await interaction.update({ content: null, components: [layout(text)], flags: MessageFlags.IsComponentsV2 });
    });
    const seen = await ana.in(guild).runs('/do');
    const form = await seen.press('Confirm');
    const next = await form.submits({ Headline: 'new' });
    expect(next.text).toBe('new');
    expect(next.message?.id).toBe(seen.message?.id);
    expect(discord.violations).toEqual([]);
  });

  it('opens a form neither after a deferral nor from a form', async () => {
    const { ana } = await start(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(profileForm());
      if (!interaction.isModalSubmit()) return;
      const route = Routes.interactionCallback(interaction.id, interaction.token);
      const body = { type: 9, data: profileForm().toJSON() };
      await rest.post(route, { body, auth: false }).catch((error) => problems.push(error));
      await interaction.reply('no second form');
    });
    const form = await ana.inDm().runs('/do');
    expect((await form.submits()).text).toBe('no second form');
    expect(problems[0]).toMatchObject({ code: 50035 });
    expect(discord.violations.join()).toContain('Callback type 9 does not answer an interaction of type 5');
  });
});

function profileForm(): ModalBuilder {
  const input = new TextInputBuilder()
    .setCustomId('headline')
    .setStyle(TextInputStyle.Short)
    .setMaxLength(20)
    .setValue('old');
  const label = new LabelBuilder().setLabel('Headline').setTextInputComponent(input);
  return new ModalBuilder().setCustomId('profile').setTitle('Profile').addLabelComponents(label);
}

describe('limits', () => {
  const broken: [string, object, string][] = [
    ['long content', { content: 'x'.repeat(2001) }, 'BASE_TYPE_MAX_LENGTH'],
    [
      'content in a layout',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'y' }] },
      'LEGACY_FIELDS',
    ],
    ['long texts', { flags: 1 << 15, components: [text(2500), text(1501)] }, 'TEXT_SIZE_EXCEEDED'],
    ['41 components', { flags: 1 << 15, components: Array.from({ length: 41 }, () => text(1)) }, 'MAX_COMPONENTS'],
    ['a layout without its flag', { components: [text(1)] }, 'needs the Components V2 flag'],
    [
      'a file nobody uploaded',
      { flags: 1 << 15, components: [{ type: 13, file: { url: 'attachment://a.txt' } }] },
      'NOT_FOUND',
    ],
    ['one id twice', { components: [row(button('a'), button('a'))] }, 'CUSTOM_ID_DUPLICATED'],
    ['six buttons', { components: [row(...[...'abcdef'].map(button))] }, 'BASE_TYPE_BAD_LENGTH'],
    ['a long id', { components: [row(button('x'.repeat(101)))] }, 'custom_id'],
    ['large embeds', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3001) })) }, 'MAX_EMBED_SIZE'],
    ['nothing', {}, '50006'],
  ];

  it.each(broken)('refuses %s', async (_name, body, reason) => {
    const { guild } = await start(async () => undefined);
    const sent = rest.post(Routes.channelMessages(guild.general.id), { body });
    await expect(sent).rejects.toBeInstanceOf(DiscordAPIError);
    expect(discord.violations.join('\n')).toContain(reason);
  });

  it('refuses what Discord’s published schema does not allow, where the schema is at hand', async () => {
    const { guild } = await start(async () => undefined);
    const body = { content: 'x', tts: 'loud' };
    const code = await rest.post(Routes.channelMessages(guild.general.id), { body }).then(
      () => 'taken',
      (error: DiscordAPIError) => error.code,
    );
    const refused = [50035, [expect.stringContaining('SPECIFICATION /tts must be boolean,null')]];
    expect([code, discord.violations]).toEqual(hasSpecification ? refused : ['taken', []]);
  });

  it('answers a refused body with the tree of what is wrong where', async () => {
    const { guild } = await start(async () => undefined);
    const body = { components: [row(button('a'), { type: 2, style: 1, custom_id: 'b', label: 'x'.repeat(81) })] };
    const error = await rest
      .post(Routes.channelMessages(guild.general.id), { body })
      .catch((caught) => caught.rawError);
    expect(error).toMatchObject({
      code: 50035,
      errors: { components: { 0: { components: { 1: { label: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } } } } },
    });
  });

  it('shows an uploaded file and picture, with its bytes', async () => {
    const { ana } = await start(
      onCommand((command) =>
        command.reply({
          flags: MessageFlags.IsComponentsV2,
          files: [
            { attachment: Buffer.from('a,b'), name: 'list.csv' },
            { attachment: Buffer.from('png'), name: 'chart.png' },
          ],
          components: [
            { type: 13, file: { url: 'attachment://list.csv' } },
            { type: 12, items: [{ media: { url: 'attachment://chart.png' }, description: 'A chart' }] },
          ],
        }),
      ),
    );
    const seen = await ana.inDm().runs('/do');
    expect(seen.files.map(({ name, bytes, type }) => [name, String(bytes), type])).toEqual([
      ['list.csv', 'a,b', 'text/csv; charset=utf-8'],
      ['chart.png', 'png', 'image/png'],
    ]);
    expect(seen.images).toMatchObject([{ source: 'chart.png', alt: 'A chart' }]);
    expect(discord.violations).toEqual([]);
  });
});

function text(length: number): object {
  return { type: 10, content: 'x'.repeat(length) };
}

function button(customId: string): object {
  return { type: 2, style: 1, custom_id: customId, label: 'Press' };
}

function row(...components: object[]): object {
  return { type: 1, components };
}

describe('direct messages and channels', () => {
  it('takes direct messages and answers into the inbox', async () => {
    const { ana, ben } = await start(async () => undefined);
    client.on(Events.MessageCreate, async (message) => {
      if (!message.author.bot && message.channel.type === ChannelType.DM)
        await message.channel.send(`You said ${message.content}`);
    });
    expect((await ana.asks('stop')).text).toBe('You said stop');
    expect(ana.inbox()).toHaveLength(1);
    expect(ben.inbox()).toHaveLength(0);
    expect(discord.violations).toEqual([]);
  });

  it('sends a message with a nonce once', async () => {
    const { guild, ana } = await start(async () => undefined);
    const route = Routes.channelMessages(guild.general.id);
    const body = { content: 'Reminder', nonce: 'row-17', enforce_nonce: true };
    const first = (await rest.post(route, { body })) as { id: string };
    const second = (await rest.post(route, { body })) as { id: string };
    expect(second.id).toBe(first.id);
    expect(guild.messagesSeenBy(ana)).toHaveLength(1);
    const long = { content: 'x', nonce: 'x'.repeat(26) };
    await expect(rest.post(route, { body: long })).rejects.toMatchObject({ code: 50035 });
  });

  it('handles a request though its connection breaks, which a nonce makes harmless', async () => {
    const { guild, ana } = await start(async () => undefined);
    const body = { content: 'x', nonce: 'n', enforce_nonce: true };
    const send = () => rest.post(Routes.channelMessages(guild.general.id), { body });
    discord.dropConnectionNext(1, { route: 'POST /channels', isReset: true });
    await send();
    discord.dropConnectionNext(1, { route: 'POST /channels' });
    await expect(send()).rejects.toThrow('other side closed');
    expect(discord.requests.filter(({ method }) => method === 'POST')).toHaveLength(3);
    expect(guild.messagesSeenBy(ana)).toHaveLength(1);
  });

  it('says why a direct message cannot be delivered', async () => {
    const { guild, ana, ben } = await start(async () => undefined);
    ana.closesDms();
    await expect(client.users.send(ana.id, 'hi')).rejects.toMatchObject({ status: 403, code: 50007 });
    discord.limitDmOpenings(0);
    await expect(client.users.send(ben.id, 'hi')).rejects.toMatchObject({ code: 40003 });
    discord.limitDmOpenings(1);
    ben.leaves(guild);
    await expect(client.users.send(ben.id, 'hi')).rejects.toMatchObject({ code: 50278 });
    expect(ana.inbox()).toHaveLength(0);
  });

  it('keeps known direct messages open while the bot is flagged', async () => {
    const { ana, ben } = await start(async () => undefined);
    await client.users.send(ana.id, 'first');
    discord.quarantine(true);
    await client.users.send(ana.id, 'second');
    await expect(client.users.send(ben.id, 'first')).rejects.toMatchObject({ code: 20026 });
    expect(ana.inbox().map((seen) => seen.text)).toEqual(['first', 'second']);
  });

  it('tells whom a message pings', async () => {
    const { guild, ana, ben } = await start(async () => undefined);
    const send = (body: object) => rest.post(Routes.channelMessages(guild.general.id), { body });
    await send({ content: `<@${ben.id}> @everyone` });
    await send({ content: `<@${ben.id}> @everyone`, allowed_mentions: { parse: [] } });
    expect(guild.messagesSeenBy(ana).map(({ pings }) => pings)).toEqual([[ben.id, 'everyone'], []]);
  });

  it('says why a channel cannot be used', async () => {
    const { guild } = await start(async () => undefined);
    const channel = guild.addChannel({ name: 'news', type: 5 });
    const send = () => rest.post(Routes.channelMessages(channel.id), { body: { content: 'x' } });
    guild.allowBot(channel, PermissionFlagsBits.ViewChannel);
    await expect(send()).rejects.toMatchObject({ code: 50013 });
    guild.allowBot(channel, 0n);
    await expect(send()).rejects.toMatchObject({ code: 50001 });
    guild.removeChannel(channel);
    await expect(send()).rejects.toMatchObject({ status: 404, code: 10003 });
  });
});

describe('scheduled events', () => {
  it('makes, changes and cancels one, within its limits and the bot’s permissions', async () => {
    const { guild } = await start(async () => undefined);
    const route = Routes.guildScheduledEvents(guild.id);
    const [scheduled_start_time, scheduled_end_time] = [1, 2].map((hours) =>
      new Date(Date.now() + hours * 3_600_000).toISOString(),
    );
    const body = {
      name: 'Retreat',
      privacy_level: 2,
      entity_type: 3,
      scheduled_start_time,
      entity_metadata: { location: 'Lisbon' },
    };
    await expect(rest.post(route, { body })).rejects.toMatchObject({ code: 50035 });
    const { id } = (await rest.post(route, { body: { ...body, scheduled_end_time } })) as { id: string };
    await rest.patch(`${route}/${id}` as `/${string}`, { body: { status: 4 } });
    expect(guild.scheduledEvents()).toMatchObject([{ name: 'Retreat', status: 4 }]);
    await expect(rest.patch(`${route}/${id}` as `/${string}`, { body: { name: 'x' } })).rejects.toMatchObject({
      code: 180000,
    });
    guild.allowBotHere(PermissionFlagsBits.ManageEvents);
    await expect(rest.post(route, { body: { ...body, scheduled_end_time } })).rejects.toMatchObject({ code: 50013 });
  });
});

describe('the network', () => {
  it('limits messages per channel with true headers', async () => {
    const { guild } = await start(async () => undefined);
    const url = `${discord.apiUrl}/v10/channels/${guild.general.id}/messages`;
    const headers = { Authorization: `Bot ${discord.token}`, 'Content-Type': 'application/json' };
    const send = () => fetch(url, { method: 'POST', headers, body: JSON.stringify({ content: 'x' }) });
    for (let sent = 0; sent < 5; sent += 1) expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(5);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await refused.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
  });

  it('lets a client wait out a 429 and repeat after a 5xx', async () => {
    const { guild, ana } = await start(async () => undefined);
    discord.rateLimitNext(1, { retryAfterMs: 1, route: 'POST /channels' });
    discord.failNext(2, { status: 503, route: 'POST /channels' });
    await rest.post(Routes.channelMessages(guild.general.id), { body: { content: 'at last' } });
    const statuses = discord.requests.filter(({ method }) => method === 'POST').map(({ status }) => status);
    expect(statuses).toEqual([429, 503, 503, 200]);
    expect(guild.messagesSeenBy(ana).map((seen) => seen.text)).toEqual(['at last']);
  });

  it('replays what a client missed while its socket was gone', async () => {
    const { ana } = await start(onCommand((command) => command.reply('ok')));
    let resumed = 0;
    client.on(Events.ShardResume, () => (resumed += 1));
    discord.dropSockets();
    expect((await ana.inDm().runs('/do')).text).toBe('ok');
    expect(discord.gatewayCounts).toEqual({ identifies: 1, resumes: 1 });
    discord.requestReconnect();
    // The client, too, must have seen it: discord.js fails on a session that ends while it is still resuming.
    await discord.waitFor(() => resumed === 2 && discord.gatewayCounts.resumes === 2, { timeoutMs: 10_000 });
    discord.invalidateSession();
    await discord.waitFor(() => discord.gatewayCounts.identifies === 2 && discord.connectedCount() === 1, {
      timeoutMs: 10_000,
    });
  });

  it('cuts everything off while the network is down, and lets the client resume afterwards', async () => {
    const { ana } = await start(onCommand((command) => command.reply('ok')));
    discord.refuseConnections(true);
    discord.dropSockets();
    await expect(rest.get(Routes.gatewayBot())).rejects.toThrow('other side closed');
    expect(discord.connectedCount()).toBe(0);
    discord.refuseConnections(false);
    await discord.waitFor(() => discord.connectedCount() === 1);
    expect((await ana.inDm().runs('/do')).text).toBe('ok');
    expect(discord.gatewayCounts).toEqual({ identifies: 1, resumes: 1 });
  });

  it('stops a client for good with a fatal close code', async () => {
    await start(async () => undefined);
    const closed = new Promise<number>((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
    discord.closeAll(4014);
    expect(await closed).toBe(4014);
  });

  it('refuses a wrong token and an intent that is not switched on', async () => {
    await start(async () => undefined);
    const wrong = new Client({ intents: [], rest: { api: discord.apiUrl } });
    await expect(wrong.login('wrong')).rejects.toThrow();
    const curious = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: discord.apiUrl } });
    await expect(curious.login(discord.token)).rejects.toThrow(/intents/i);
    await wrong.destroy();
    await curious.destroy();
  });
});
