import { usableCity } from '../members/location.js';
import type { Member } from '../members/member.js';
import { continentOf } from '../places/continents.js';
import { FAR_KM, kmBetween } from '../places/distance.js';
import type { InTransaction } from '../repositories.js';

import type { MapCity, MapRegion, OrgMap } from './org-map.js';

export type OrgMapService = ReturnType<typeof createOrgMapService>;

/** Where orgs are. */
export function createOrgMapService({ inTransaction }: { inTransaction: InTransaction }) {
  return {
    /**
     * The listed orgs of a region. The reader's city is in it only if they made it discoverable; `near` without one is
     * the world.
     */
    async find(asked: MapRegion, reader: Pick<Member, 'city' | 'privacy'> | undefined): Promise<OrgMap> {
      const home = usableCity(reader);
      const region = asked === 'near' && !home ? 'world' : asked;
      return inTransaction(
        async ({ orgs }) => ({
          region,
          cities: (await orgs.listMapCities()).filter((city) => isIn(city, region, home)),
          withoutCity: await orgs.countWithoutCity(),
          home: home && { name: home.name, latitude: home.latitude, longitude: home.longitude },
        }),
        { isReadOnly: true },
      );
    },
  };
}

function isIn(city: MapCity, region: MapRegion, home: Member['city']): boolean {
  if (region === 'world') return true;
  if (region !== 'near') return continentOf(city) === region;
  return home !== undefined && kmBetween(home, city) <= FAR_KM;
}
