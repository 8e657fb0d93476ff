import { describe, expect, it } from 'vitest';
import { aGuest } from '../../../tests/builders/guests.js';
import { newMemberId } from '../ids.js';
import { matchGuests, type VouchedEmail } from './guest-matching.js';
import type { Guest } from './guests.js';

const [ana, ben] = [newMemberId(), newMemberId()];
const memberOfToken = new Map([
  ['rc-ana', ana],
  ['rc-ben', ben],
]);

/** What each guest turns out to be, in words: "token ana". */
function matched(guests: Guest[], emails: VouchedEmail[] = []): (string | undefined)[] {
  const matches = matchGuests(guests, { memberOfToken, emails });
  const names = new Map([
    [ana, 'ana'],
    [ben, 'ben'],
  ]);
  return guests.map(({ lumaGuestId }) => {
    const match = matches.get(lumaGuestId);
    return match && `${match.by} ${names.get(match.memberId)}`;
  });
}

const guest = (lumaGuestId: string, overrides: Partial<Guest>) => aGuest({ lumaGuestId, ...overrides });
const vouched = (memberId: VouchedEmail['memberId'], by: VouchedEmail['by'] = 'slack'): VouchedEmail => ({
  memberId,
  emailHash: 'h1',
  by,
});

describe('a guest of an event', () => {
  it('is the member whose link they came by', () => {
    expect(matched([guest('a', { linkToken: 'rc-ana' }), guest('b', { linkToken: 'rc-ben' })])).toEqual([
      'token ana',
      'token ben',
    ]);
  });

  it('is nobody we know by a link of another event, of no event, or without one', () => {
    expect(matched([guest('a', { linkToken: 'rc-elsewhere' }), guest('b', {})])).toEqual([undefined, undefined]);
  });

  it('is nobody for certain when two hold the same link, whatever their addresses say', () => {
    const shared = [guest('a', { linkToken: 'rc-ana', emailHash: 'h1' }), guest('b', { linkToken: 'rc-ana' })];
    expect(matched(shared, [vouched(ana)])).toEqual([undefined, undefined]);
    const cancelled = [guest('a', { linkToken: 'rc-ana' }), guest('b', { linkToken: 'rc-ana', status: 'cancelled' })];
    expect(matched(cancelled)).toEqual([undefined, undefined]);
  });

  it('is one guest when the same lu.ma account registered twice', () => {
    const twice = { linkToken: 'rc-ana', lumaUserId: 'usr-ana' };
    expect(matched([guest('a', twice), guest('b', twice)])).toEqual(['token ana', 'token ana']);
    const unnamed = { linkToken: 'rc-ana', lumaUserId: '' };
    expect(matched([guest('a', unnamed), guest('b', unnamed)])).toEqual([undefined, undefined]);
  });

  it('is the one member with their address, if there is no link of this event', () => {
    const guests = [guest('a', { emailHash: 'h1' }), guest('b', { emailHash: 'h2' })];
    expect(matched(guests, [vouched(ana)])).toEqual(['email ana', undefined]);
    expect(matched([guest('a', { emailHash: 'h1', linkToken: 'rc-elsewhere' })], [vouched(ana)])).toEqual([
      'email ana',
    ]);
    expect(matched([guest('a', { emailHash: 'h1', linkToken: 'rc-ben' })], [vouched(ana)])).toEqual(['token ben']);
  });

  it('is nobody for certain when two members have the address; Slack’s word goes before what a link taught', () => {
    const guests = [guest('a', { emailHash: 'h1' })];
    expect(matched(guests, [vouched(ana), vouched(ben)])).toEqual([undefined]);
    expect(matched(guests, [vouched(ana, 'token'), vouched(ben, 'token')])).toEqual([undefined]);
    expect(matched(guests, [vouched(ana, 'token'), vouched(ben)])).toEqual(['email ben']);
    expect(matched(guests, [vouched(ana, 'token')])).toEqual(['email ana']);
  });

  it('is whoever an admin said, whatever else there is', () => {
    const said = { match: { memberId: ben, by: 'admin' as const } };
    expect(matched([guest('a', { linkToken: 'rc-ana', ...said })])).toEqual(['admin ben']);
    const shared = [guest('a', { linkToken: 'rc-ana', ...said }), guest('b', { linkToken: 'rc-ana' })];
    expect(matched(shared)).toEqual(['admin ben', undefined]);
  });

  it('is judged anew each time: what was true before proves nothing', () => {
    const before = { match: { memberId: ana, by: 'token' as const } };
    expect(matched([guest('a', before), guest('b', { match: { memberId: ben, by: 'email' } })])).toEqual([
      undefined,
      undefined,
    ]);
  });
});
