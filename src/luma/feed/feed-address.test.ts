import { describe, expect, it } from 'vitest';
import { createReadFeedAddress } from './feed-address.js';
import { isPublicAddress } from './public-network.js';

const readFeedAddress = createReadFeedAddress({ icsUrl: 'https://api.lu.ma/ics/get' });
const OURS = 'https://api.lu.ma/ics/get?entity=calendar&id=cal-AbC123dEf456';

describe('what an organiser pastes for a public calendar', () => {
  it.each([
    'cal-AbC123dEf456',
    '  cal-AbC123dEf456\n',
    'https://api.lu.ma/ics/get?entity=calendar&id=cal-AbC123dEf456',
    'webcal://api.lu.ma/ics/get?entity=calendar&id=cal-AbC123dEf456',
    'https://api2.luma.com/ics/get?entity=calendar&id=cal-AbC123dEf456',
    'https://luma.com/embed/calendar/cal-AbC123dEf456/events?lt=light',
    'lu.ma/embed/calendar/cal-AbC123dEf456/events',
    '<iframe\n  src="https://luma.com/embed/calendar/cal-AbC123dEf456/events" width="600"></iframe>',
  ])('is the feed of its calendar: %s', (text) => {
    expect(readFeedAddress(text)).toBe(OURS);
  });

  it.each([
    ['https://calendar.google.com/calendar/ical/x%40y/public/basic.ics', undefined],
    ['webcal://example.org/feed.ics?key=1', 'https://example.org/feed.ics?key=1'],
    ['example.org/feed.ics', 'https://example.org/feed.ics'],
  ])('is any other program’s feed: %s', (text, url) => {
    expect(readFeedAddress(text)).toBe(url ?? text);
  });

  it.each([
    '',
    'my calendar',
    'baish',
    'https://luma.com/baish',
    'cal-',
    'http://example.org/feed.ics',
    'ftp://example.org/feed.ics',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:password@example.org/feed.ics',
    'https://localhost/feed.ics',
    'https://foo.localhost/feed.ics',
    'https://127.0.0.1/feed.ics',
    'https://2130706433/feed.ics',
    'https://0x7f.1/feed.ics',
    'https://[::1]/feed.ics',
    'https://[fd00::1]/feed.ics',
    'https://192.168.1.1/feed.ics',
  ])('is no feed: %s', (text) => {
    expect(readFeedAddress(text)).toBeUndefined();
  });

  it('is no feed when it is longer than any address', () => {
    expect(readFeedAddress(`https://example.org/${'x'.repeat(3_000)}`)).toBeUndefined();
  });

  it('counts only public addresses of the internet as public', () => {
    const inside = ['10.1.2.3', '172.31.0.1', '100.64.0.1', '0.0.0.0', '169.254.169.254', '::ffff:10.0.0.1', 'fe80::1'];
    expect(inside.filter(isPublicAddress)).toEqual([]);
    expect(['64:ff9b::a00:1', '2002:a00:1::', '::', 'no address'].filter(isPublicAddress)).toEqual([]);
    expect(['1.1.1.1', '172.32.0.1', '2606:4700::1111'].filter(isPublicAddress)).toHaveLength(3);
  });
});
