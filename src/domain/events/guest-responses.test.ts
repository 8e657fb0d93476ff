import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { guestWord, responseOf, type Said } from './guest-responses.js';
import type { Guest } from './guests.js';
import type { ResponseValue } from './response.js';

const at = (day: number) => DateTime.utc(2026, 3, day);
const said = (response: ResponseValue, day: number): Said => ({ response, respondedAt: at(day) });
const word = (state: 'registered' | 'waiting' | 'cancelled', day: number) => ({ state, at: at(day) });

/** The outcome in words: "luma going 3". */
function outcome(own: Said | undefined, theirs: ReturnType<typeof word> | undefined): string | undefined {
  const response = responseOf(own, theirs);
  return response && `${response.source} ${response.response} ${response.respondedAt.day}`;
}

describe('what counts for a member at an event', () => {
  it.each([
    ['nothing at all', undefined, undefined, undefined],
    ['their own word alone', said('interested', 1), undefined, 'member interested 1'],
    ['a registration', undefined, word('registered', 2), 'luma going 2'],
    ['a place on the waiting list', undefined, word('waiting', 2), 'luma interested 2'],
    ['a cancelled registration says nothing', undefined, word('cancelled', 2), undefined],
    ['a registration after their word', said('not_going', 1), word('registered', 2), 'luma going 2'],
    ['a registration that says the same', said('going', 1), word('registered', 2), 'member going 1'],
    ['their later word against a registration', said('not_going', 3), word('registered', 2), 'member not_going 3'],
    ['their word of the same moment', said('not_going', 2), word('registered', 2), 'member not_going 2'],
    ['waiting, having said that they go', said('going', 1), word('waiting', 2), 'member going 1'],
    ['waiting, having said that they do not', said('not_going', 1), word('waiting', 2), 'luma interested 2'],
    ['cancelling, having said that they go', said('going', 1), word('cancelled', 2), 'luma not_going 2'],
    ['cancelling, having been interested', said('interested', 1), word('cancelled', 2), 'luma not_going 2'],
    ['cancelling, having said no', said('not_going', 1), word('cancelled', 2), 'member not_going 1'],
    ['going after all, said after cancelling', said('going', 3), word('cancelled', 2), 'member going 3'],
  ] as const)('%s', (_, own, theirs, expected) => {
    expect(outcome(own, theirs)).toBe(expected);
  });
});

describe('what the guest list says for somebody', () => {
  const guest = (status: Guest['status'], day: number) => ({ status, changedAt: at(day) });

  it.each([
    ['nothing without a guest', [], undefined],
    ['nothing for an invitation', [guest('invited', 1)], undefined],
    ['the state of the one', [guest('waiting', 1)], word('waiting', 1)],
    ['registered before cancelled', [guest('registered', 1), guest('cancelled', 3)], word('registered', 1)],
    ['the latest of equals', [guest('registered', 1), guest('registered', 2)], word('registered', 2)],
    ['cancelled before an invitation', [guest('cancelled', 1), guest('invited', 2)], word('cancelled', 1)],
  ])('is %s', (_, guests, expected) => {
    expect(guestWord(guests)).toEqual(expected);
  });
});
