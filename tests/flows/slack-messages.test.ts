import { afterEach, expect, it } from 'vitest';
import { message } from '../../src/bot/views.js';
import { type OnSlack, type OnSlackOptions, startOnSlack } from './slack-harness.js';

let on: OnSlack;
const start = async (options: OnSlackOptions = {}) => {
  on = await startOnSlack(options);
  return on;
};
const hello = message('Hello <!channel> & all');
const sendTo = (person: { id: string }, nonce = 'nonce-1', directChannelId?: string, triedMsAgo?: number) =>
  on.platform.sendDirect(
    { account: { platform: 'slack', teamId: on.slack.workspace.id, accountId: person.id }, directChannelId },
    hello,
    nonce,
    triedMsAgo,
  );

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

it('answers what people write, and always understands “stop”', async () => {
  const { ana, slack } = await start();
  const answer = await ana.dms('which orgs are there?');
  expect(answer.text).toContain('I understand commands.');
  expect(answer.buttons.length).toBeGreaterThan(0);

  const stranger = await ana.dms('Stop!');
  expect(stranger.text).toContain('nothing is stored about you');
  expect(await on.memberOf(ana)).toBeUndefined();

  await on.agrees(ana);
  const stopped = await ana.dms('stop');
  expect(stopped.text).toContain('nothing unasked any more');
  expect((await on.memberOf(ana))?.stoppedAt).toBeDefined();
  const resumed = await stopped.press('Turn messages on again');
  expect(resumed.text).toContain('Messages are on again');
  expect(resumed.message.ts).toBe(stopped.message.ts);
  expect((await on.memberOf(ana))?.stoppedAt).toBeUndefined();
  expect(slack.calls('users.info').length).toBeLessThanOrEqual(2);
});

it('answers a message once, however often Slack delivers it', async () => {
  const { ana, slack } = await start();
  await ana.dms('hello');
  const again = slack.redeliver();
  expect((await again.outcome).kind).toBe('acked');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(ana.inbox()).toHaveLength(1);
});

it('leaves edits, other bots and channels alone', async () => {
  const { ana, general, slack } = await start();
  const event = { type: 'message', channel_type: 'im', user: ana.id, channel: ana.dmId, text: 'hi', ts: '1.1' };
  const send = (more: object, eventId: string) =>
    slack.send({
      type: 'events_api',
      payload: { type: 'event_callback', team_id: slack.workspace.id, event_id: eventId, event: { ...event, ...more } },
    }).outcome;
  await send({ subtype: 'message_changed' }, 'Ev-a');
  await send({ bot_id: 'B123' }, 'Ev-b');
  await send({ channel_type: 'channel', channel: general.id }, 'Ev-c');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(slack.calls('chat.postMessage')).toEqual([]);
});

it('waits out a busy Slack and a short outage before it gives up on an answer', async () => {
  const { ana, slack } = await start();
  slack.rateLimitNext(1, { method: 'chat.postMessage' });
  slack.failNext(1, { status: 503, method: 'chat.postMessage' });
  expect((await ana.dms('hello')).text).toContain('I understand commands.');
});

it('answers in the thread it was asked in', async () => {
  const { ana } = await start();
  const first = await ana.dms('hello');
  const inThread = await ana.inDm().says('and here', { threadTs: first.message.ts } as never);
  expect(inThread.message.threadTs).toBe(first.message.ts);
});

it('sends a direct message, marked so that it can be found again', async () => {
  const { ana } = await start();
  expect(await sendTo(ana)).toMatchObject({ kind: 'sent', channelId: ana.dmId, messageId: expect.any(String) });
  const [seen] = ana.inbox();
  expect(seen?.message.text).toBe('Hello &lt;!channel&gt; &amp; all');
  expect(seen?.message.metadata).toEqual({ event_type: 'rollcall_delivery', event_payload: { nonce: 'nonce-1' } });
});

it('does not send a message twice when the connection broke after Slack took it', async () => {
  const { ana, slack } = await start();
  slack.dropConnectionAfterHandlingNext({ method: 'chat.postMessage' });
  expect(await sendTo(ana)).toMatchObject({ kind: 'sent', messageId: ana.inbox()[0]?.message.ts });
  expect(ana.inbox()).toHaveLength(1);

  slack.dropConnectionAfterHandlingNext({ method: 'chat.postMessage' });
  slack.failNext(1, { status: 503, method: 'conversations.history' });
  expect(await sendTo(ana, 'nonce-2')).toEqual({ kind: 'retry-later' });
  expect(await sendTo(ana, 'nonce-2')).toMatchObject({ kind: 'sent', messageId: ana.inbox()[1]?.message.ts });
  expect(ana.inbox()).toHaveLength(2);
});

it('looks for the message first when a process that is gone may have sent it', async () => {
  const { ana } = await start();
  const first = await sendTo(ana);
  await on.restart();
  expect(await sendTo(ana, 'nonce-1', undefined, 90_000)).toEqual(first);
  expect(ana.inbox()).toHaveLength(1);
  expect((await sendTo(ana, 'nonce-2', undefined, 90_000)).kind).toBe('sent');
  expect(ana.inbox()).toHaveLength(2);
});

it('says what came of a message that could not be sent', async () => {
  const { ana, slack } = await start();
  slack.rateLimitNext(7, { method: 'chat.postMessage' });
  expect(await sendTo(ana)).toEqual({ kind: 'retry-after', retryAfterMs: 7000, holds: 'alike' });
  slack.failNext(1, { status: 500, method: 'chat.postMessage' });
  expect(await sendTo(ana)).toEqual({ kind: 'retry-later' });
  expect(ana.inbox()).toEqual([]);
  slack.failNext(1, { error: 'restricted_action_read_only_channel', method: 'chat.postMessage' });
  expect(await sendTo(ana)).toEqual({ kind: 'rejected', reason: 'restricted_action_read_only_channel' });
  slack.failNext(1, { error: 'token_revoked', method: 'chat.postMessage' });
  expect(await sendTo(ana)).toEqual({ kind: 'retry-later' });
  const gone = slack.addUser({ name: 'gone', isDeleted: true });
  expect(await sendTo(gone)).toEqual({ kind: 'unreachable' });
  slack.workspace.record.messagesTabEnabled = false;
  expect(await sendTo(ana)).toEqual({ kind: 'unreachable' });
});

it('opens the conversation anew when the stored one is not there any more', async () => {
  const { ana } = await start();
  expect(await sendTo(ana, 'nonce-1', 'D0GONE')).toMatchObject({ kind: 'sent', channelId: ana.dmId });
});

it('reaches nobody in a workspace it is not in', async () => {
  await start();
  const account = { platform: 'slack' as const, teamId: 'T0OTHER', accountId: 'U1' };
  expect(await on.platform.sendDirect({ account, directChannelId: undefined }, hello, 'n')).toEqual({
    kind: 'unreachable',
  });
});
