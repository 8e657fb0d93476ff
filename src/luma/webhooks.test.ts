import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { guestHookJson, hookEventJson } from '../../tests/fakes/luma/json.js';
import { signatureOf } from '../../tests/fakes/luma/webhooks.js';
import { readWebhook } from './webhook-body.js';
import { readSignature } from './webhook-signature.js';

const NOW = DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' });
const secret = 'whsec_abc';
const rawBody = Buffer.from('{"type":"event.updated","data":{}}');
const signedAt = (seconds: number) => signatureOf(secret, rawBody.toString(), seconds);
const at = NOW.toUnixInteger();
const check = (header: string | undefined, other: Partial<Parameters<typeof readSignature>[0]> = {}) =>
  readSignature({ header, rawBody, secret, now: NOW, ...other });

describe('the signature of a webhook', () => {
  it('holds for its body, secret and time, also beside one of another secret', () => {
    expect(check(signedAt(at))).toBe(signedAt(at).split('v1=')[1]);
    expect(check(signedAt(at - 300))).toBe(signedAt(at - 300).split('v1=')[1]);
    const [time, value] = signedAt(at).split(',');
    expect(check(`${time},v1=${'0'.repeat(64)},${value}`)).toBe(check(signedAt(at)));
  });

  it.each([
    ['an older one', signedAt(at - 301)],
    ['one of the future', signedAt(at + 301)],
    ['none', undefined],
    ['an empty one', ''],
    ['one without a time', signedAt(at).split(',')[1]],
    ['one without a value', `t=${at}`],
    ['half a value', signedAt(at).slice(0, -2)],
    ['no hex', `t=${at},v1=${'z'.repeat(64)}`],
    ['another time on it', signedAt(at).replace(`t=${at}`, `t=${at - 1}`)],
    ['another version', signedAt(at).replace('v1=', 'v0=')],
    ['another secret', signatureOf('whsec_abd', rawBody.toString(), at)],
    ['the secret without its beginning', signatureOf('abc', rawBody.toString(), at)],
    ['a flood of values', `t=${at},${`v1=${'0'.repeat(64)},`.repeat(2_000)}${signedAt(at).split(',')[1]}`],
  ])('does not hold: %s', (_what, header) => {
    expect(check(header)).toBeUndefined();
  });

  it('does not hold for another body', () => {
    expect(check(signedAt(at), { rawBody: Buffer.from('{"type":"event.canceled","data":{}}') })).toBeUndefined();
  });
});

describe('the body of a webhook', () => {
  const facts = { id: 'cal-1', name: 'Readers', slug: 'readers', city: null, zone: 'UTC' };
  const event = {
    id: 'evt-1',
    platform: 'luma' as const,
    name: 'A',
    description: '',
    url: 'https://luma.com/a',
    startAt: NOW,
    endAt: NOW,
    zone: 'UTC',
    place: undefined,
    locationType: 'zoom',
    isForGuestsOnly: false,
    visibility: 'public',
    meetingUrl: null,
    tags: [],
    hostName: 'Ana',
    isListed: true,
    access: 'manage' as const,
    createdAt: NOW,
    guests: [],
  };
  const guest = {
    id: 'gst-1',
    userId: 'usr-1',
    name: null,
    email: 'a@example.org',
    status: 'approved' as const,
    utmSource: null,
    registeredAt: NOW,
    joinedAt: undefined,
    tickets: [],
  };
  const readBody = (type: string, data: unknown) => readWebhook(Buffer.from(JSON.stringify({ type, data })));

  it('says which event it is about', () => {
    const of = hookEventJson(event, facts);
    const told = { kind: 'event', lumaId: 'evt-1', calendarId: 'cal-1' };
    expect(readBody('event.updated', of)).toEqual(told);
    expect(readBody('event.canceled', of)).toEqual(told);
    const added = { kind: 'event', lumaId: 'evt-2', calendarId: undefined };
    expect(readBody('calendar.event.added', { id: 'evt-2', calendar: null })).toEqual(added);
  });

  it('says whose guests changed, for guests and tickets of any kind', () => {
    const of = guestHookJson(guest, event, facts);
    for (const type of ['guest.registered', 'guest.updated', 'guest.refunded', 'ticket.registered']) {
      expect(readBody(type, of)).toEqual({ kind: 'guest', lumaId: 'evt-1', calendarId: 'cal-1' });
    }
  });

  it('is of no use to us when it is of another kind, or none', () => {
    expect(readBody('calendar.person.subscribed', { id: 'x' })).toEqual({ kind: 'other' });
    expect(readBody('event.updated', { id: '../../etc' })).toEqual({ kind: 'other' });
    expect(readBody('guest.updated', { event: null })).toEqual({ kind: 'other' });
    expect(readWebhook(Buffer.from('<html>'))).toEqual({ kind: 'other' });
    expect(readWebhook(Buffer.from('null'))).toEqual({ kind: 'other' });
  });
});
