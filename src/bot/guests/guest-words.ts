import type { Guest } from '../../domain/events/guests.js';
import { short } from '../short-text.js';
import { joined, type RichText, rich, time } from '../text.js';

const MOST_NAME = 60;

/** What a guest is called on lu.ma. */
export function guestName({ name }: Pick<Guest, 'name'>): string {
  return name === '' ? 'A guest without a name' : short(name, MOST_NAME);
}

/** How a guest stands: "Registered 3 March · checked in 18:04". */
export function guestState({ status, registeredAt, checkedInAt, joinedOnlineAt }: Guest): RichText {
  const parts: RichText[] = [
    registeredAt ? rich`${STATES[status]}, signed up ${time(registeredAt, 'day')}` : rich`${STATES[status]}`,
    ...(checkedInAt ? [rich`checked in ${time(checkedInAt, 'moment')}`] : []),
    ...(joinedOnlineAt ? [rich`joined online ${time(joinedOnlineAt, 'moment')}`] : []),
  ];
  return joined(parts, ' · ');
}

const STATES: Readonly<Record<Guest['status'], string>> = {
  registered: 'Registered',
  waiting: 'Waiting',
  invited: 'Invited',
  cancelled: 'Cancelled',
};
