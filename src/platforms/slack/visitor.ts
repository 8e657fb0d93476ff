import type { Place, Visitor } from '../../bot/actor.js';
import type { DirectChannels } from './direct-channels.js';
import type { People } from './people.js';

/** Who does something, and where, as Slack's payloads tell it. */
export interface Acting {
  teamId: string;
  accountId: string;
  /** The account's handle, for when Slack tells no name. */
  name: string | undefined;
  /** The conversation; nothing in the Home tab and in modals opened from there. */
  channelId: string | undefined;
}

export interface Visitors {
  /**
   * Nothing for people from other workspaces, met in a shared channel: their account would be another one at home. One
   * from a workspace that we serve too acts as what they are there.
   */
  find(acting: Acting): Promise<Visitor | undefined>;
}

/** Tells the bot who is acting. Rights are asked for anew each time, at most ten minutes old. */
export function createVisitors({
  people,
  directChannels,
  serves,
}: {
  people: People;
  directChannels: DirectChannels;
  serves: (teamId: string) => boolean;
}): Visitors {
  const placeOf = async ({ teamId, accountId, channelId }: Acting): Promise<Place> => {
    if (!channelId) return { kind: 'direct', channelId: directChannels.known(teamId, accountId) };
    const inWorkspace: Place = { kind: 'space', externalId: teamId, channelId };
    if (!channelId.startsWith('D')) return inWorkspace;
    const own = directChannels.known(teamId, accountId) ?? (await directChannels.find(teamId, accountId));
    if (own === channelId) return { kind: 'direct', channelId };
    // A conversation between two people is a place in the workspace; one we know nothing of gets the fewest rights.
    return own ? inWorkspace : { kind: 'direct', channelId: undefined };
  };

  return {
    async find(acting) {
      const { teamId, accountId } = acting;
      if (!serves(teamId)) return undefined;
      const [person, place] = await Promise.all([people.find(teamId, accountId), placeOf(acting)]);
      if (person.isStranger) return undefined;
      return {
        account: { platform: 'slack', teamId, accountId },
        displayName: person.displayName ?? acting.name ?? 'there',
        locale: person.locale,
        zone: person.zone,
        vouchedEmail: person.email,
        place,
        managesSpace: person.managesWorkspace && place.kind === 'space',
      };
    },
  };
}
