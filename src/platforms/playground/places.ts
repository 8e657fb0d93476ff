import type { Visitor } from '../../bot/actor.js';
import type { DemoPersona } from '../../demo/demo-personas.js';
import type { Spot } from './chat.js';
import type { WirePersona, WireServer } from './wire.js';

/** The channels that every server has. */
export const CHANNELS = [
  { id: 'welcome', name: 'welcome', topic: 'New here? Start with a command' },
  { id: 'general', name: 'general', topic: 'Anything and everything' },
  { id: 'events', name: 'events', topic: 'What is coming up, as Rollcall announces it' },
  { id: 'reading-group', name: 'reading-group', topic: 'What we read next, and when' },
] as const;

/** What the page calls a person's conversation with Rollcall. */
export const DIRECT = 'dm';

/** The place that a text from the page names; nothing for one that this person is not in. */
export function findSpot(persona: DemoPersona, where: string): Spot | undefined {
  if (where === DIRECT) return { kind: 'direct', person: persona.key };
  const [server = '', channel = '', ...more] = where.split('/');
  const isThere = persona.servers.includes(server) && CHANNELS.some(({ id }) => id === channel);
  return isThere && more.length === 0 ? { kind: 'channel', server, channel } : undefined;
}

/** The name of a place on the page. */
export function whereOf(spot: Spot): string {
  return spot.kind === 'direct' ? DIRECT : `${spot.server}/${spot.channel}`;
}

/** Every place that a person is in. */
export function spotsOf({ key, servers }: DemoPersona): Spot[] {
  return [
    { kind: 'direct', person: key },
    ...servers.flatMap((server) => CHANNELS.map(({ id }): Spot => ({ kind: 'channel', server, channel: id }))),
  ];
}

/** Whether a person is in a place. */
export function isIn({ key, servers }: DemoPersona, spot: Spot): boolean {
  return spot.kind === 'direct' ? spot.person === key : servers.includes(spot.server);
}

/** The person as the product meets them, as a platform would vouch for them. */
export function visitorAt(persona: DemoPersona, spot: Spot): Visitor {
  const { key, name, locale, zone, managesServers } = persona;
  return {
    account: { platform: 'playground', teamId: '', accountId: key },
    displayName: name,
    locale,
    zone,
    place:
      spot.kind === 'direct'
        ? { kind: 'direct', channelId: key }
        : { kind: 'space', externalId: spot.server, channelId: spot.channel },
    managesSpace: spot.kind === 'channel' && managesServers.includes(spot.server),
  };
}

/** A person as the page shows them; the label reads "Noor · newcomer". */
export function wirePersona({ key, name, label, blurb, isMember, zone, locale }: DemoPersona): WirePersona {
  return { key, name, role: label.split(' · ')[1] ?? label, blurb, isMember, zone, locale };
}

/** The servers of a person with their channels. A server whose org is gone goes by its key. */
export async function wireServers(
  { servers, managesServers }: DemoPersona,
  spaceName: (key: string) => Promise<string>,
): Promise<WireServer[]> {
  return Promise.all(
    servers.map(async (key) => ({
      key,
      name: await spaceName(key).catch(() => key),
      isManaged: managesServers.includes(key),
      channels: CHANNELS.map((channel) => ({ ...channel })),
    })),
  );
}
