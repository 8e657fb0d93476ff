import { DateTime, IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { createPlaces } from '../db/places/sqlite-places.js';
import { kmBetween } from '../domain/places/distance.js';
import { type DemoMember, demoMembers } from './demo-members.js';
import { DEMO_ORGS } from './demo-orgs.js';
import { DEMO_PERSONAS } from './demo-personas.js';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const FIRST_INSTANT = '2025-05-01T00:00:00.000Z';
const NOW = '2026-11-01T00:00:00.000Z';
const OPEN_ORGS = new Set(DEMO_ORGS.filter(({ joinPolicy }) => joinPolicy === 'open').map(({ key }) => key));

const SOUTH_AMERICA = ['AR', 'BR', 'CL', 'CO', 'UY'];

function continentOf(country: string, zone: string): string {
  if (SOUTH_AMERICA.includes(country)) return 'South America';
  const area = zone.split('/')[0] ?? '';
  return { America: 'North America', Australia: 'Oceania', Pacific: 'Oceania' }[area] ?? area;
}

function activeIn(members: readonly DemoMember[], org: string) {
  return members.flatMap(({ memberships }) =>
    memberships.filter((stay) => stay.org === org && stay.status === 'active'),
  );
}

function share(members: readonly DemoMember[], isSo: (member: DemoMember) => boolean): number {
  return members.filter(isSo).length / members.length;
}

describe('demo orgs', () => {
  it('are many, of every type, on every inhabited continent and online', () => {
    const cities = DEMO_ORGS.flatMap(({ city }) => city ?? []);
    expect(cities.length).toBeGreaterThanOrEqual(48);
    expect(DEMO_ORGS.filter(({ isGlobal }) => isGlobal)).toHaveLength(4);
    expect(new Set(DEMO_ORGS.map(({ type }) => type)).size).toBe(7);
    expect(new Set(cities.map(({ country, zone }) => continentOf(country, zone)))).toEqual(
      new Set(['Africa', 'Asia', 'Europe', 'North America', 'Oceania', 'South America']),
    );
  });

  it('have slugs for keys, and nothing said twice', () => {
    for (const { key } of DEMO_ORGS) {
      expect(key).toMatch(SLUG);
      expect(key.length).toBeLessThanOrEqual(50);
    }
    for (const field of ['key', 'name', 'description'] as const) {
      expect(new Set(DEMO_ORGS.map((org) => org[field])).size).toBe(DEMO_ORGS.length);
    }
  });

  it('hide two from the directory and let about one in five approve its members', () => {
    expect(DEMO_ORGS.filter(({ isListed }) => !isListed)).toHaveLength(2);
    const approving = DEMO_ORGS.length - OPEN_ORGS.size;
    expect(approving / DEMO_ORGS.length).toBeGreaterThan(0.14);
    expect(approving / DEMO_ORGS.length).toBeLessThan(0.26);
  });

  it('are in cities that type-ahead and filters know by the same name', async () => {
    const places = createPlaces();
    for (const { city } of DEMO_ORGS) {
      if (!city) continue;
      const match = await places.resolve(`${city.name}, ${city.country}`);
      const meant = match.kind === 'found' ? match.city : undefined;
      expect(meant?.name, city.name).toBe(city.name);
      expect(meant && kmBetween(meant, city), city.name).toBeLessThan(20);
    }
  });

  it('link to reserved domains only', () => {
    for (const { website } of DEMO_ORGS) if (website) expect(new URL(website).hostname).toMatch(/\.example$/);
  });

  it.each(DEMO_ORGS.filter(({ city }) => city))('$key: the clock of the zone fits the longitude', ({ city }) => {
    if (!city) return;
    expect(IANAZone.isValidZone(city.zone)).toBe(true);
    expect(city.country).toMatch(/^[A-Z]{2}$/);
    expect(Math.abs(city.latitude)).toBeLessThan(66);
    const clockHours = IANAZone.create(city.zone).offset(DateTime.fromISO(NOW).toMillis()) / 60;
    expect(Math.abs(clockHours - city.longitude / 15)).toBeLessThan(3);
  });
});

describe('demo members', () => {
  const members = demoMembers();

  it('are three hundred different people', () => {
    expect(members).toHaveLength(300);
    expect(new Set(members.map(({ key }) => key)).size).toBe(300);
    expect(new Set(members.map(({ name }) => name)).size).toBe(300);
    for (const { key } of members) expect(key).toMatch(SLUG);
  });

  it('are the same people every time, and others for another seed', () => {
    expect(demoMembers()).toEqual(members);
    expect(demoMembers(7)).not.toEqual(members);
  });

  it('do not change for others when a caller changes them', () => {
    for (const member of demoMembers()) member.skills.push('changed');
    expect(demoMembers()).toEqual(members);
  });

  it('keep valid zones and locales', () => {
    for (const { zone, locale } of members) {
      expect(IANAZone.isValidZone(zone)).toBe(true);
      expect(Intl.getCanonicalLocales(locale)).toEqual([locale]);
    }
  });

  it('chose differently about privacy, and show no place they did not give', () => {
    expect(share(members, ({ isLocationDiscoverable }) => isLocationDiscoverable)).toBeCloseTo(0.35, 1);
    expect(share(members, ({ isAttendanceShared }) => isAttendanceShared)).toBeCloseTo(0.5, 1);
    expect(share(members, ({ isProfileShared }) => isProfileShared)).toBeCloseTo(0.75, 1);
    expect(members.filter(({ isLocationDiscoverable, city }) => isLocationDiscoverable && !city)).toEqual([]);
  });

  it('have profiles from complete to nothing but a name', () => {
    const isEmpty = ({ headline, skills, lookingFor, city }: DemoMember) =>
      !headline && skills.length === 0 && !lookingFor && !city;
    expect(share(members, isEmpty)).toBeGreaterThan(0.08);
    expect(share(members, isEmpty)).toBeLessThan(0.2);
    expect(new Set(members.flatMap(({ lookingFor }) => lookingFor || [])).size).toBeGreaterThanOrEqual(30);
    expect(new Set(members.flatMap(({ skills }) => skills)).size).toBeGreaterThanOrEqual(38);
  });

  it('joined known orgs, each once, in the eighteen months before November 2026', () => {
    const known = new Set(DEMO_ORGS.map(({ key }) => key));
    for (const { memberships, joinedAt } of members) {
      const instants = memberships.map((stay) => stay.joinedAt);
      expect(memberships.length).toBeGreaterThan(0);
      expect(new Set(memberships.map(({ org }) => org)).size).toBe(memberships.length);
      for (const { org } of memberships) expect(known).toContain(org);
      for (const instant of instants) {
        expect(DateTime.fromISO(instant, { zone: 'utc' }).toISO()).toBe(instant);
        expect(instant >= FIRST_INSTANT && instant < NOW).toBe(true);
      }
      expect(instants.toSorted()[0]).toBe(joinedAt);
    }
  });

  it('wait for approval only where an org approves', () => {
    const pending = members.flatMap(({ memberships }) => memberships.filter(({ status }) => status === 'pending'));
    expect(pending.length).toBeGreaterThan(10);
    expect(pending.filter(({ org }) => OPEN_ORGS.has(org))).toEqual([]);
  });

  it.each(DEMO_ORGS.map(({ key }) => key))('%s has an active admin and a believable size', (org) => {
    const active = activeIn(members, org);
    expect(active.filter(({ role }) => role === 'admin').length).toBeGreaterThan(0);
    expect(active.length).toBeGreaterThanOrEqual(2);
    expect(active.length).toBeLessThanOrEqual(25);
  });
});

describe('demo personas', () => {
  const members = demoMembers();

  it('are members with a full profile, except for the newcomer', () => {
    expect(DEMO_PERSONAS.map(({ key }) => key)).toEqual([
      'noor-haddad',
      'ana-ferreira',
      'tomas-quiroga',
      'priya-raman',
      'kenji-watanabe',
      'maya-goldstein',
    ]);
    for (const { key, isMember, name, zone, locale } of DEMO_PERSONAS) {
      const member = members.find((candidate) => candidate.key === key);
      if (isMember) expect(member).toMatchObject({ name, zone, locale, skills: expect.any(Array) });
      else expect(member).toBeUndefined();
    }
  });

  it('are in the servers of known orgs, and manage only servers they are in', () => {
    const known = DEMO_ORGS.map(({ key }) => key);
    for (const { servers, managesServers } of DEMO_PERSONAS) {
      expect(known).toEqual(expect.arrayContaining([...servers]));
      expect(servers).toEqual(expect.arrayContaining([...managesServers]));
    }
  });

  it('let an organiser answer requests to join', () => {
    const priya = members.find(({ key }) => key === 'priya-raman');
    const org = priya?.memberships.find(({ role }) => role === 'admin')?.org ?? '';
    expect(OPEN_ORGS.has(org)).toBe(false);
    const requests = members.flatMap(({ memberships }) =>
      memberships.filter((stay) => stay.org === org && stay.status === 'pending'),
    );
    expect(requests.length).toBeGreaterThan(1);
  });
});
