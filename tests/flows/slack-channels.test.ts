import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { message } from '../../src/bot/views.js';
import type { ChannelRef } from '../../src/domain/notifications/channel.js';
import type { Channels, Delivered } from '../../src/platforms/platform.js';
import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;
let channels: Channels;

beforeEach(async () => {
  on = await startOnSlack();
  if (!on.platform.channels) throw new Error('Slack has channels.');
  channels = on.platform.channels;
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

const at = ({ id: channelId }: { id: string }): ChannelRef => ({
  platform: 'slack',
  externalId: on.slack.workspace.id,
  channelId,
});
const post = (nonce = 'd-1', { under, triedMsAgo }: { under?: string; triedMsAgo?: number } = {}) =>
  channels.post({ channel: at(on.general), under }, message('Hello <!channel>'), nonce, triedMsAgo);
const tsOf = (delivered: Delivered) => (delivered.kind === 'sent' ? (delivered.messageId ?? '') : delivered.kind);

describe('looking at a channel', () => {
  it('finds one that the bot was invited to, and says how to invite it', async () => {
    const outside = on.slack.addChannel('outside', { botIsMember: false });
    const hidden = on.slack.addChannel('hidden', { botIsMember: false, isPrivate: true });
    const own = on.slack.addChannel('organisers', { isPrivate: true });
    const old = on.slack.addChannel('old');
    old.archives();
    expect(await channels.check(at(on.general))).toEqual({ kind: 'open', name: 'general' });
    expect(await channels.check(at(own))).toEqual({ kind: 'open', name: 'organisers' });
    const invite = '/invite @Rollcall';
    expect(await channels.check(at(outside))).toEqual({ kind: 'forbidden', name: 'outside', missing: [], invite });
    expect(await channels.check(at(hidden))).toEqual({ kind: 'gone', invite });
    expect(await channels.check(at({ id: 'general' }))).toEqual({ kind: 'gone', invite });
    expect(await channels.check(at(old))).toEqual({ kind: 'unfit', name: 'old' });
    const listed = await channels.list({ platform: 'slack', externalId: on.slack.workspace.id });
    expect(listed.map(({ name }) => name)).toEqual(['general', 'organisers']);
  });

  it('names the scope that an older installation lacks', async () => {
    on.slack.workspace.grants(BOT_SCOPES.filter((scope) => scope !== 'channels:history'));
    expect(await channels.check(at(on.general))).toMatchObject({ kind: 'forbidden', missing: ['channels:history'] });
    on.slack.workspace.grants(BOT_SCOPES.filter((scope) => scope !== 'channels:read'));
    expect(await channels.check(at(on.general))).toMatchObject({ missing: ['channels:read', 'groups:read'] });
    on.slack.failNext(1, { status: 503, method: 'conversations.info' });
    expect(await channels.check(at(on.general))).toEqual({ kind: 'unknown' });
  });
});

describe('posting', () => {
  it('writes, answers in the thread, and changes what it wrote', async () => {
    const ts = tsOf(await post());
    const answer = tsOf(await post('d-2', { under: ts }));
    expect(on.general.messages.map((one) => [one.ts, one.threadTs, one.text])).toEqual([
      [ts, undefined, 'Hello &lt;!channel&gt;'],
      [answer, ts, 'Hello &lt;!channel&gt;'],
    ]);
    await channels.edit({ channel: at(on.general), messageId: ts }, message('It moved'));
    expect(on.general.messages[0]?.text).toBe('It moved');
  });

  it('does not write twice when the connection broke after Slack took it, in threads neither', async () => {
    on.slack.dropConnectionAfterHandlingNext({ method: 'chat.postMessage' });
    const ts = tsOf(await post());
    on.slack.dropConnectionAfterHandlingNext({ method: 'chat.postMessage' });
    on.slack.failNext(1, { status: 503, method: 'conversations.replies' });
    expect(await post('d-2', { under: ts })).toEqual({ kind: 'retry-later' });
    expect((await post('d-2', { under: ts })).kind).toBe('sent');
    expect(on.general.messages).toHaveLength(2);
  });

  it('looks first when a process that is gone may have sent it', async () => {
    const first = await post();
    const second = await post('d-2', { under: tsOf(first) });
    await on.restart();
    channels = on.platform.channels ?? channels;
    expect(await post('d-1', { triedMsAgo: 90_000 })).toEqual(first);
    expect(await post('d-2', { under: tsOf(first), triedMsAgo: 90_000 })).toEqual(second);
    expect(on.general.messages).toHaveLength(2);
  });

  it('says when a channel is lost for good, and when only a message is', async () => {
    const ts = tsOf(await post());
    const nowhere = { channel: at(on.general), messageId: '1.000001' };
    expect(await channels.edit(nowhere, message('x'))).toEqual({ kind: 'rejected', reason: 'message_not_found' });
    on.slack.failNext(1, { error: 'restricted_action_read_only_channel', method: 'chat.postMessage' });
    expect(await post('d-2')).toEqual({ kind: 'unreachable' });
    on.slack.failNext(1, { status: 503, method: 'chat.update' });
    expect(await channels.edit({ channel: at(on.general), messageId: ts }, message('x'))).toEqual({
      kind: 'retry-later',
    });
    on.general.removesBot();
    expect(await post('d-3')).toEqual({ kind: 'unreachable' });
    on.general.archives();
    expect(await post('d-4')).toEqual({ kind: 'unreachable' });
    const elsewhere = { ...at(on.general), externalId: 'T0OTHER' };
    expect(await channels.post({ channel: elsewhere }, message('x'), 'd-5')).toEqual({ kind: 'unreachable' });
    expect(await channels.check(elsewhere)).toEqual({ kind: 'gone' });
  });
});
