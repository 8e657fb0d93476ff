import { afterEach, expect, it } from 'vitest';
import { encodeAction } from '../../src/bot/action-codec.js';
import { command } from '../../src/bot/registry.js';
import { button, buttons, message } from '../../src/bot/views.js';
import { HOSTILE, inPlace, kitchenSink } from '../contracts/kitchen-sink.js';
import { type OnSlack, type OnSlackOptions, startOnSlack } from '../flows/slack-harness.js';

let on: OnSlack;
const start = async (options: OnSlackOptions = {}) => {
  on = await startOnSlack({ more: [kitchenSink()], ...options });
  return on;
};

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

it('draws every kind of block, and each can be used', async () => {
  const { ana, general } = await start();
  const seen = await ana.in(general).runs('/sink', 'view');
  expect(seen.text).toContain(
    'Plain, *bold*, _italic_, `code`, <https://example.org/?a=1&amp;b=2|a link>, ' +
      '<!date^1772388000^{date_short_pretty} at {time}|2026-03-01 18:00 UTC>, `/help`.',
  );
  expect(seen.text).toContain('*One*\nfirst');
  expect(seen.text).toContain('Page 2 of 3');
  expect((await seen.press('Touch')).text).toBe('touched it');
  expect((await seen.choose('Pick some', ['Alpha', 'Gamma'])).text).toBe('chose a+c');
  expect((await seen.press('Elsewhere')).text).toBe(seen.text);
  expect((await seen.press('Slow')).text).toBe('slow tap done');
  const count = await seen.press('Next');
  expect(count.text).toBe('count 2');
  expect(count.message.ts).toBe(seen.message.ts);
});

it.each(['hostile', 'huge', 'empty'])('keeps within Slack’s limits: %s', async (what) => {
  const { ana, general } = await start();
  const seen = await ana.in(general).runs('/sink', what);
  expect(seen.error).toBeUndefined();
  const text = JSON.stringify(seen.message.blocks);
  expect(text).not.toMatch(/"mrkdwn","text":"[^"]*<[!@#]/);
  expect(seen.message.text).not.toContain('<!');
});

it('pings nobody with a name of marks, mentions, right-to-left letters, emoji and 4,000 characters', async () => {
  const { ana, general } = await start();
  await on.agrees(ana);
  const name = `*b* <!channel> ${HOSTILE.slice(0, 30)}`;
  const headline = 'שלום 👩‍🔬 > _x_';
  const form = await ana.in(general).runs('/profile', 'edit');
  const saved = await form.submits({
    Name: name.slice(0, 40),
    Headline: headline,
    'Looking for': '*x* <@U1> '.repeat(20),
  });
  expect(saved.errors).toEqual({});
  expect(saved.text).toContain('*b* <!channel>');
  const mrkdwn = JSON.stringify(saved.message.blocks).match(/"mrkdwn","text":"[^"]*"/g) ?? [];
  for (const text of mrkdwn) expect(text).not.toMatch(/<[!@]/);
  const huge = await ana.in(general).runs('/orgs', `show ${'<!here> _x_ '.repeat(340)}`);
  expect(huge.text).toMatch(/I don’t know an org called|It takes up to|up to 100/);
  expect(JSON.stringify(huge.message.blocks)).not.toContain('<!');
});

it('answers old and foreign buttons kindly', async () => {
  const { ana, general, slack } = await start();
  const seen = await ana.in(general).runs('/sink', 'view');
  const press = (value: string | undefined, actionId = 'rollcall:0') =>
    slack.send({
      type: 'interactive',
      payload: {
        ...slack.deliveries.findLast(({ envelope }) => envelope.type === 'interactive')?.envelope.payload,
        trigger_id: `t-${value}-${actionId}`,
        actions: [{ type: 'button', action_id: actionId, block_id: 'x', ...(value === undefined ? {} : { value }) }],
      },
    }).outcome;
  await seen.press('Touch');
  for (const value of [
    '',
    undefined,
    '1:gone.action:{}',
    '0:sink.touch:{}',
    'kept:gone',
    encodeAction(inPlace.with({ count: 'x' as never })),
  ]) {
    const before = general.messages.length;
    await press(value);
    await slack.waitFor(() => general.messages.length > before || slack.requests.at(-1)?.method === 'response_url');
  }
  await slack.waitFor(() => JSON.stringify(general.messages.at(-1)?.blocks).includes('earlier version of me'));
});

it('does not turn a message that everybody sees into something else', async () => {
  const shout = {
    groups: {},
    commands: [
      command({
        name: 'shout',
        description: 'Says it to all',
        access: 'anyone',
        run: async () => ({
          kind: 'show',
          audience: 'everyone',
          view: message('Count with me', buttons(button('Count', inPlace.with({ count: 7 })))),
        }),
      }),
    ],
  };
  const { ana, general, slack } = await start({ more: [kitchenSink(), shout] });
  const bo = slack.addUser({ name: 'bo' });
  const shown = await ana.in(general).runs('/shout');
  expect(shown.isEphemeral).toBe(false);
  const counted = await shown.press('Count');
  expect(counted.isEphemeral).toBe(true);
  expect(counted.text).toBe('count 7');
  const [all] = general.messagesSeenBy(bo);
  expect(all?.text).toBe('Count with me');
});

it('uploads a picture to show it, and sends a file to the person’s direct messages', async () => {
  const { ana, general, slack } = await start();
  const seen = await ana.in(general).runs('/sink', 'files');
  const answer = general.messagesSeenBy(ana).at(-1);
  expect(answer?.isEphemeral).toBe(true);
  expect(seen.images).toEqual([{ alt: 'One red dot', slackFile: { id: expect.any(String) } }]);
  expect(seen.text).toContain('I’ve sent list.csv to your direct messages.');
  expect(answer?.message.text).toContain('One red dot');
  const [file] = ana.inbox().flatMap(({ files }) => files);
  expect(file).toMatchObject({ name: 'list.csv', mimetype: 'text/csv' });
  expect(Buffer.from(file?.bytes ?? []).toString()).toBe('name\r\nAna\r\n');
  expect(slack.calls('files.completeUploadExternal')).toHaveLength(2);
});

it('keeps the words of a picture and a file that cannot be uploaded', async () => {
  const { ana, general, slack } = await start();
  slack.workspace.grants(['commands', 'chat:write', 'im:write', 'im:history', 'users:read']);
  const seen = await ana.in(general).runs('/sink', 'files');
  expect(seen.text).toContain('One red dot');
  expect(seen.text).toContain('list.csv could not be sent, as I lack the right');
});

it('sends a picture beside the answer where Slack does not show it', async () => {
  const { ana, general, slack } = await start();
  slack.failNext(2, { error: 'invalid_blocks', method: 'response_url' });
  await ana.in(general).runs('/sink', 'files');
  await slack.waitFor(() => general.messagesSeenBy(ana).length > 0);
  const [answer] = general.messagesSeenBy(ana);
  expect(answer?.text).toContain('One red dot');
  expect(answer?.text).toContain('I’ve sent it to your direct messages');
  expect(answer?.images).toEqual([]);
  expect(ana.inbox().flatMap(({ files }) => files.map(({ name }) => name))).toEqual(['list.csv', 'dot.png']);
});
