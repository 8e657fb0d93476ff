import { Hono } from 'hono';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/domain/ids.js';
import { lumaSyncJob } from '../../src/scheduler/luma-sync.js';
import { createSyncWakes } from '../../src/scheduler/sync-wakes.js';
import { movableClock } from '../../src/shared/clock.js';
import { lumaWebhookRoutes } from '../../src/web/luma-webhook.js';
import { serveWeb } from '../../src/web/serve.js';
import { type Product, startProduct } from '../builders/product.js';
import type { FakeCalendar } from '../fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../fakes/luma/fake-luma.js';
import { signatureOf } from '../fakes/luma/webhooks.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;
const PUBLIC_URL = 'https://rollcall.example.org';
const admin = { memberId: undefined, managedSpace: { platform: 'discord', externalId: '1' } } as const;

let clock: ReturnType<typeof movableClock>;
let luma: FakeLuma;
let calendar: FakeCalendar;
let product: Product;
let web: Awaited<ReturnType<typeof serveWeb>>;

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar();
  product = await startProduct({ luma, clock, publicUrl: PUBLIC_URL });
  await product.connectToBaish('discord', '1');
  web = await serveWeb(new Hono().route('/', lumaWebhookRoutes({ calls: product.services.webhookCalls })), {
    host: '127.0.0.1',
    port: 0,
  });
});
afterEach(async () => {
  await product.services.syncWakes.stop();
  await web.close();
  await product.stop();
  await luma.close();
});

/** Connects the calendar as an admin would; lu.ma's calls are led to this test's port. */
async function connect(): Promise<SourceId> {
  const { sources } = product.services;
  const { id: org } = await product.services.orgs.resolve('baish');
  const { offer } = await sources.find(org, { apiKey: calendar.apiKey ?? '', feed: '' }, admin);
  await sources.connect(offer.id, admin);
  for (const webhook of calendar.webhooks)
    webhook.url = webhook.url.replace(PUBLIC_URL, `http://127.0.0.1:${web.port}`);
  return offer.id;
}

const source = (id: SourceId) => product.database.inTransaction(({ sources }) => sources.find(id));
const reads = () => luma.requests.filter(({ path }) => path.endsWith('/events/list')).length;
const eventually = async (holds: () => Promise<boolean> | boolean) => {
  await expect.poll(holds, { timeout: 20_000, interval: 50 }).toBe(true);
};
const titles = async () =>
  (await product.database.connection.selectFrom('events').select(['title', 'state']).orderBy('title').execute()).map(
    ({ title, state }) => `${title} ${state}`,
  );

describe('the webhook of a calendar', () => {
  it('is registered by itself, and its calls bring changes in at once', async () => {
    const event = calendar.addEvent({ name: 'Reading' });
    const id = await connect();
    expect(calendar.webhooks.map(({ url }) => url)).toEqual([`http://127.0.0.1:${web.port}/luma/webhook/${id}`]);
    calendar.rename(event, 'Writing');
    await luma.webhooks.settled();
    expect(luma.webhooks.delivered.map(({ status }) => status)).toEqual([200]);
    await eventually(async () => (await titles()).includes('Writing on'));
  });

  it('cancels at the look-up that the call sets going', async () => {
    const event = calendar.addEvent({ name: 'Reading' });
    await connect();
    calendar.cancel(event);
    await eventually(async () => (await titles()).includes('Reading cancelled'));
  });

  it('makes one run of a burst', async () => {
    await connect();
    const before = reads();
    for (let count = 0; count < 12; count += 1) calendar.addEvent({ name: `Event ${count}` });
    await luma.webhooks.settled();
    await eventually(async () => (await titles()).length === 12);
    expect(reads() - before).toBe(1);
    expect(luma.webhooks.delivered).toHaveLength(12);
  });

  it('reads the one guest list that a registration is about, and no calendar', async () => {
    const event = calendar.addEvent({ name: 'Reading' });
    await connect();
    const before = reads();
    calendar.registerGuest(event, { name: 'Bruno' });
    const guests = () => product.database.connection.selectFrom('guests').select('name').execute();
    await eventually(async () => (await guests()).length === 1);
    expect(reads()).toBe(before);
  });

  it('is done once when lu.ma sends it again', async () => {
    const event = calendar.addEvent({ name: 'Reading' });
    const id = await connect();
    const data = calendar.jsonOf(event);
    const how = { webhookId: 'msg-1', times: 3 };
    await calendar.deliverWebhook('event.updated', data, how);
    expect(luma.webhooks.delivered.map(({ status }) => status)).toEqual([200, 200, 200]);
    const receipts = await product.database.connection.selectFrom('webhook_receipts').selectAll().execute();
    expect(receipts).toHaveLength(2);
    expect(receipts).toContainEqual(expect.objectContaining({ source_id: id, webhook_id: 'msg-1' }));
  });

  it('is refused a second time under another id, or with more beside its signature, by whoever overheard it', async () => {
    const event = calendar.addEvent({ name: 'Reading' });
    const id = await connect();
    const body = JSON.stringify({ type: 'event.updated', data: calendar.jsonOf(event) });
    const signature = signatureOf(calendar.webhooks[0]?.secret ?? '', body, START.toUnixInteger());
    const call = async (callId: string | undefined, header = signature) => {
      const headers = { 'webhook-signature': header, ...(callId ? { 'webhook-id': callId } : {}) };
      const answer = await fetch(`http://127.0.0.1:${web.port}/luma/webhook/${id}`, { method: 'POST', body, headers });
      return `${answer.status} ${await answer.text()}`;
    };
    expect(await call('msg-1')).toBe('200 taken');
    expect(await call('msg-2')).toBe('200 repeated');
    expect(await call(undefined)).toBe('200 repeated');
    expect(await call('msg-3', `${signature},v1=${'0'.repeat(64)}, x=1`)).toBe('200 repeated');
  });

  it.each([
    ['a wrong signature', { signature: 'wrong' as const }],
    ['none', { signature: 'missing' as const }],
    ['one that is six minutes old', { lateBySeconds: 360 }],
  ])('refuses a call with %s, and nothing comes of it', async (_what, how) => {
    const event = calendar.addEvent({ name: 'Reading' });
    const id = await connect();
    const due = (await source(id))?.nextSyncAt;
    expect(await calendar.deliverWebhook('event.updated', calendar.jsonOf(event), how)).toEqual([401]);
    expect((await source(id))?.nextSyncAt).toEqual(due);
    expect(await product.database.connection.selectFrom('webhook_receipts').selectAll().execute()).toEqual([]);
  });

  it('knows no other connections, and takes no body beyond a megabyte', async () => {
    const id = await connect();
    const post = (path: string, body: string) =>
      fetch(`http://127.0.0.1:${web.port}/luma/webhook/${path}`, { method: 'POST', body });
    for (const unknown of ['0123456789abcdef', 'x', '..%2f..', "'%20or%201=1"]) {
      expect((await post(unknown, '{}')).status).toBe(404);
    }
    expect((await post(id, '{}')).status).toBe(401);
    expect((await post(id, ' '.repeat(1_100_000))).status).toBe(413);
  });

  it('leaves alone what a signed call says of another calendar', async () => {
    const id = await connect();
    const due = (await source(id))?.nextSyncAt;
    const foreign = luma.addCalendar().addEvent({ name: 'Elsewhere' });
    const data = { ...calendar.jsonOf(foreign), calendar_id: 'cal-another' };
    expect(await calendar.deliverWebhook('event.updated', data)).toEqual([200]);
    expect((await source(id))?.nextSyncAt).toEqual(due);
  });

  it('is made up for by the schedule when the process ends before the run', async () => {
    const id = await connect();
    calendar.addEvent({ name: 'Reading' });
    await luma.webhooks.settled();
    await product.services.syncWakes.stop();
    expect((await source(id))?.nextSyncAt).toEqual(START);
    const job = lumaSyncJob(product.services);
    expect(await job.run(START, new AbortController().signal)).toContain('1 synced: 1 new');
  });

  it('is registered again when lu.ma lost it, and taken away on disconnecting', async () => {
    const id = await connect();
    const first = calendar.webhooks[0]?.id ?? '';
    calendar.removeWebhook(first);
    clock.moveTo(START.plus({ hours: 7 }));
    await product.services.syncs.syncSource(id, { now: clock.now(), force: true });
    expect(calendar.webhooks.map(({ url }) => url)).toEqual([`${PUBLIC_URL}/luma/webhook/${id}`]);
    expect((await source(id))?.webhook?.webhookId).toBe(calendar.webhooks[0]?.id);
    await product.services.sources.disconnect(id, admin);
    expect(calendar.webhooks).toEqual([]);
  });

  it('is not registered where lu.ma could not reach us', async () => {
    const plain = await startProduct({ luma, clock, publicUrl: 'http://rollcall.example.org' });
    await plain.connectToBaish('discord', '1');
    const { id: org } = await plain.services.orgs.resolve('baish');
    const { offer } = await plain.services.sources.find(org, { apiKey: calendar.apiKey ?? '', feed: '' }, admin);
    await plain.services.sources.connect(offer.id, admin);
    expect(calendar.webhooks).toEqual([]);
    await plain.stop();
  });
});

describe('calls that keep coming', () => {
  it('begin one run at a time, with a rest in between, and lose none', async () => {
    const ran: string[] = [];
    const wakes = createSyncWakes({
      syncs: {
        settled: async () => undefined,
        syncGuestsOf: async (_id, only) => void ran.push(`guests of ${only.join(' ')}`),
        syncSource: async () => {
          ran.push('run');
          return { kind: 'gone' };
        },
      },
      clock,
      onFault: (error) => void ran.push(String(error)),
      gatherMs: 20,
      spacingMs: 200,
    });
    const id = await connect();
    const call = { lumaId: 'evt-a', calendarId: undefined };
    for (let count = 0; count < 20; count += 1) wakes.wake(id, { kind: 'event', ...call });
    await eventually(() => ran.length === 1);
    wakes.wake(id, { kind: 'guest', lumaId: 'evt-b', calendarId: undefined });
    wakes.wake(id, { kind: 'event', ...call });
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(ran).toEqual(['run']);
    await eventually(() => ran.length === 3);
    expect(ran).toEqual(['run', 'run', 'guests of evt-b']);
    await wakes.stop();
  });
});
