import type { SyncCounts, SyncProblemCode } from '../../domain/events/source.js';
import { countWords, numberWords } from '../numbers.js';

/** Why a calendar could not be read: what happened, and what to do next. */
export function syncProblemWords(problem: SyncProblemCode, access: 'api' | 'feed'): string {
  switch (problem) {
    case 'key-refused':
      return 'lu.ma does not accept the API key: it is wrong, was revoked, or the calendar’s Luma Plus plan has ended. Make a new key on lu.ma under Settings → Developer, and connect with it.';
    case 'not-found':
      return access === 'api'
        ? 'lu.ma knows no calendar behind that key any more.'
        : 'There is no calendar at that address. Please check the link or the id; the calendar may have been made private or deleted.';
    case 'rate-limited':
      return 'lu.ma has had too many requests for this calendar and asks us to wait a little.';
    case 'unavailable':
      return access === 'api'
        ? 'lu.ma does not answer just now. That is usually over soon.'
        : 'Whoever holds the calendar does not answer just now. That is usually over soon.';
    case 'bad-answer':
      return access === 'api'
        ? 'lu.ma answered with something that is no list of events. That is usually over soon.'
        : 'What is at that address is no calendar: most likely it is a web page. Use the link behind “Add iCal Subscription”.';
    case 'too-large':
      return 'The calendar is larger than I can read.';
    case 'suspicious':
      return 'The feed has lost most of its events at once. I take that for a fault and keep what I know. If it is right, disconnect the calendar and connect it again.';
    case 'key-lost':
      return 'The stored API key can no longer be opened, as the encryption key of this Rollcall has changed. Connect the calendar again.';
    case 'own-fault':
      return 'Something went wrong on my side. I’ll try again; whoever runs this Rollcall finds more in its log.';
  }
}

/** Why some guest lists could not be read, though the events could. */
export function guestsProblemWords(problem: SyncProblemCode): string {
  switch (problem) {
    case 'key-refused':
      return 'The events came in, but lu.ma does not let this key read the guest lists. What I know of the guests stays as it is. Make a new key on lu.ma under Settings → Developer, and connect with it.';
    case 'rate-limited':
      return 'The events came in, but lu.ma asks us to wait before the rest of the guest lists. They follow with the next run.';
    case 'suspicious':
      return 'The events came in, but a guest list has lost most of its guests at once. I take that for a fault and keep what I know.';
    case 'not-found':
    case 'unavailable':
    case 'bad-answer':
    case 'too-large':
    case 'key-lost':
    case 'own-fault':
      return 'The events came in, but not every guest list could be read. What I know of the guests stays as it is, and I’ll try again with the next run.';
  }
}

/** "2 new, 1 changed", or "nothing new". */
export function countsWords({ added, changed, cancelled, withdrawn }: SyncCounts): string {
  const parts = [
    [added, 'new'],
    [changed, 'changed'],
    [cancelled, 'cancelled'],
    [withdrawn, 'no longer in it'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${numberWords(count)} ${word}`);
  return words.length > 0 ? words.join(', ') : 'nothing new';
}

/** "12 upcoming events, 40 past". */
export function eventsWords({ upcoming, past }: { upcoming: number; past: number }): string {
  return `${countWords(upcoming, 'upcoming event')}, ${numberWords(past)} past`;
}
