import type { DateTime } from 'luxon';
import { type DemoMember, demoEmail } from '../demo-member.js';
import { demoMembers } from '../demo-members.js';
import { createSeededRandom } from '../random.js';
import type { DemoEvent } from './demo-events.js';

/** Somebody on the guest list of a demo event. */
export interface DemoGuest {
  id: string;
  userId: string;
  name: string;
  email: string;
  status: 'approved' | 'declined' | 'waitlist';
  registeredAt: DateTime;
  checkedInAt: DateTime | undefined;
}

const SHARE_REGISTERED = 0.4;
const SHARE_DECLINED = 0.1;
const SHARE_WAITING = 0.05;
const SHARE_CAME = 0.75;

let members: readonly DemoMember[] | undefined;

/** Who of an org's members has registered for an event by a moment, and who has come. */
export function demoGuestsAt(orgKey: string, event: DemoEvent, now: DateTime): DemoGuest[] {
  members ??= demoMembers();
  const random = createSeededRandom(event.seed);
  const ahead = event.startsAt.diff(event.createdAt);
  return members
    .filter(({ memberships }) => memberships.some(({ org, status }) => org === orgKey && status === 'active'))
    .flatMap((member): DemoGuest[] => {
      // Drawn for everybody, so that one guest more changes nothing for the next.
      const [comes, when, status, came] = [random.next(), random.next(), random.next(), random.next()];
      const registeredAt = event.createdAt.plus({ milliseconds: Math.floor(ahead.milliseconds * when) });
      if (comes > SHARE_REGISTERED || registeredAt > now) return [];
      return [{ ...named(member, event), ...fateOf({ status, came, event, now }), registeredAt }];
    });
}

function named({ key, name }: DemoMember, { id }: DemoEvent) {
  return { id: `gst-${id.slice(8)}-${key}`, userId: `usr-${key}`, name, email: demoEmail(key) };
}

interface Fate {
  status: number;
  came: number;
  event: DemoEvent;
  now: DateTime;
}

function fateOf({ status, came, event, now }: Fate): Pick<DemoGuest, 'status' | 'checkedInAt'> {
  const arrivedAt = event.startsAt.plus({ minutes: Math.floor(came * 30) });
  if (status < SHARE_DECLINED) return { status: 'declined', checkedInAt: undefined };
  if (status < SHARE_DECLINED + SHARE_WAITING) return { status: 'waitlist', checkedInAt: undefined };
  return { status: 'approved', checkedInAt: came < SHARE_CAME && arrivedAt <= now ? arrivedAt : undefined };
}
