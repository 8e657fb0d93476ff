import { DateTime } from 'luxon';
import type { Clock } from '../../../src/shared/clock.js';
import { eventJson, guestHookJson, hookEventJson } from './json.js';
import type { Sent, WebhookSender } from './webhooks.js';
import type { CalendarFacts, FakeEvent, FakeGuest, FakePlace, FakeWebhook, NewEvent, NewGuest } from './world.js';

const LISBON: FakePlace = {
  address: 'Casa do Comum',
  city: 'Lisbon',
  fullAddress: 'Casa do Comum, R. da Rosa 285, 1200-385 Lisboa, Portugal',
  latitude: 38.7139,
  longitude: -9.1468,
};

export interface CalendarParts {
  facts: CalendarFacts;
  apiKey: string;
  clock: Clock;
  newId: (prefix: string) => string;
  sender: WebhookSender;
}

/** One calendar, driven as its organisers would on lu.ma. Each act sends the webhooks that lu.ma sends for it. */
export class FakeCalendar {
  readonly facts: CalendarFacts;
  readonly events = new Map<string, FakeEvent>();
  readonly webhooks: FakeWebhook[] = [];
  /** Where events went that were this calendar's. */
  readonly handedOver = new Map<string, FakeCalendar>();
  /** Served instead of the calendar's own feed: any text, as another program would write it. */
  feedText: string | undefined;
  apiKey: string | undefined;
  /** Goes up with every act, so that sorted lists can be kept. */
  version = 0;
  readonly #parts: CalendarParts;

  constructor(parts: CalendarParts) {
    this.facts = parts.facts;
    this.apiKey = parts.apiKey;
    this.#parts = parts;
  }

  get id(): string {
    return this.facts.id;
  }

  addEvent(told: NewEvent = {}): FakeEvent {
    const { newId, clock } = this.#parts;
    const { startAt: start, endAt: end, ...rest } = told;
    const id = told.id ?? newId(told.platform === 'external' ? 'calev' : 'evt');
    const startAt = toMoment(start ?? clock.now().plus({ days: 7 }).startOf('hour'));
    const event: FakeEvent = {
      id,
      platform: 'luma',
      name: 'Reading: Concrete Problems',
      description: 'We read it together. Bring a question.',
      url: `https://luma.com/${id.slice(-8).toLowerCase()}`,
      zone: this.facts.zone,
      place: LISBON,
      locationType: 'offline',
      isForGuestsOnly: false,
      visibility: 'public',
      meetingUrl: null,
      tags: [],
      hostName: 'Ana',
      isListed: true,
      access: 'manage',
      ...rest,
      startAt,
      endAt: end === null ? undefined : toMoment(end ?? startAt.plus({ hours: 2 })),
      createdAt: clock.now(),
      guests: [],
    };
    this.events.set(id, event);
    this.#tell('event.created', event);
    return event;
  }

  /** Anything else its hosts may change. */
  edit(event: FakeEvent, changes: Partial<Omit<FakeEvent, 'id' | 'guests'>>): void {
    Object.assign(event, changes);
    this.#tell('event.updated', event);
  }

  /** To another start, as long as before. */
  move(event: FakeEvent, to: string | DateTime): void {
    const startAt = toMoment(to);
    const endAt = event.endAt && startAt.plus(event.endAt.diff(event.startAt));
    this.edit(event, { startAt, endAt });
  }

  rename(event: FakeEvent, name: string): void {
    this.edit(event, { name });
  }

  relocate(event: FakeEvent, place: Partial<FakePlace>): void {
    this.edit(event, { place: { ...(event.place ?? LISBON), ...place } });
  }

  /** lu.ma deletes cancelled events for good. */
  cancel(event: FakeEvent): void {
    this.events.delete(event.id);
    this.#tell('event.canceled', event);
  }

  /** Still there for who asks by id, but in no list. */
  unlist(event: FakeEvent): void {
    this.edit(event, { isListed: false });
  }

  relist(event: FakeEvent): void {
    this.edit(event, { isListed: true });
  }

  /** Hands an event over to another calendar; who made it here may still look at it. */
  transfer(event: FakeEvent, to: FakeCalendar): void {
    this.events.delete(event.id);
    this.handedOver.set(event.id, to);
    to.events.set(event.id, event);
    this.version += 1;
    to.version += 1;
  }

  registerGuest(event: FakeEvent, told: NewGuest = {}): FakeGuest {
    const { newId, clock } = this.#parts;
    const { ticketCount = 1, ...rest } = told;
    const guest: FakeGuest = {
      id: newId('gst'),
      userId: newId('usr'),
      name: 'Bruno Alves',
      email: 'bruno@example.org',
      status: 'approved',
      utmSource: null,
      registeredAt: clock.now(),
      joinedAt: undefined,
      ...rest,
      tickets: Array.from({ length: ticketCount }, () => ({ id: newId('tkt'), checkedInAt: undefined })),
    };
    event.guests.push(guest);
    this.#tellGuest('guest.registered', event, guest);
    this.#tellGuest('guest.updated', event, guest);
    return guest;
  }

  editGuest(event: FakeEvent, guest: FakeGuest, changes: Partial<Omit<FakeGuest, 'id'>>): void {
    Object.assign(guest, changes);
    this.#tellGuest('guest.updated', event, guest);
  }

  cancelGuest(event: FakeEvent, guest: FakeGuest): void {
    this.editGuest(event, guest, { status: 'declined' });
  }

  /** One of their tickets, the first unless told. */
  checkIn(event: FakeEvent, guest: FakeGuest, ticket = 0): void {
    const tickets = guest.tickets.map((held, index) =>
      index === ticket ? { ...held, checkedInAt: this.#parts.clock.now() } : held,
    );
    this.editGuest(event, guest, { tickets });
  }

  joinOnline(event: FakeEvent, guest: FakeGuest): void {
    this.editGuest(event, guest, { joinedAt: this.#parts.clock.now() });
  }

  /** From now on the key opens nothing. */
  revokeKey(): void {
    this.apiKey = undefined;
  }

  addWebhook(url: string, eventTypes: string[]): FakeWebhook {
    const { newId, clock } = this.#parts;
    const secret = `whsec_${newId('s').slice(2)}`;
    const webhook: FakeWebhook = {
      id: newId('wh'),
      url,
      eventTypes,
      status: 'active',
      secret,
      createdAt: clock.now(),
    };
    this.webhooks.push(webhook);
    return webhook;
  }

  removeWebhook(id: string): boolean {
    const index = this.webhooks.findIndex((webhook) => webhook.id === id);
    if (index >= 0) this.webhooks.splice(index, 1);
    return index >= 0;
  }

  /** Sends one by hand, as lu.ma might send it again, late, or as somebody else might forge it. */
  deliverWebhook(type: string, data: unknown, how: Partial<Sent> = {}): Promise<number[]> {
    const webhooks = this.webhooks.filter(({ eventTypes }) => eventTypes.includes('*') || eventTypes.includes(type));
    return this.#parts.sender.send(webhooks, { type, data }, how);
  }

  #tell(type: string, event: FakeEvent): void {
    this.version += 1;
    if (event.platform === 'luma') void this.deliverWebhook(type, hookEventJson(event, this.facts));
  }

  #tellGuest(type: string, event: FakeEvent, guest: FakeGuest): void {
    void this.deliverWebhook(type, guestHookJson(guest, event, this.facts));
  }

  /** As a list of the API holds it. */
  jsonOf(event: FakeEvent): Record<string, unknown> {
    return eventJson(event, this.facts);
  }
}

function toMoment(moment: string | DateTime): DateTime {
  return typeof moment === 'string' ? DateTime.fromISO(moment, { zone: 'utc' }) : moment.toUTC();
}
