import { z } from 'zod';
import { type DrawOrgMap, MAP_REGIONS, type MapRegion } from '../../domain/orgs/org-map.js';
import type { OrgMapService } from '../../domain/orgs/org-map-service.js';
import { onAction } from '../actions.js';
import type { Actor } from '../actor.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { mapRegion } from './map-actions.js';
import { mapTitle, mapView } from './map-views.js';

const Region = z.enum(MAP_REGIONS).catch('world');

/** `/orgs map`: a picture of where the listed orgs are. */
export function mapBot({ orgMap, drawOrgMap }: { orgMap: OrgMapService; drawOrgMap: DrawOrgMap }): BotModule {
  const mapOf = async (actor: Actor, region: MapRegion) => {
    const map = await orgMap.find(region, actor.member);
    return mapView(map, await drawOrgMap({ map, ...mapTitle(map) }));
  };

  return {
    commands: [
      command({
        name: 'orgs map',
        description: 'A map of where the orgs are',
        access: 'anyone',
        run: async (actor) => show(await mapOf(actor, 'world')),
      }),
    ],
    actions: [
      onAction(mapRegion, async (actor, _payload, [region]) => replace(await mapOf(actor, Region.parse(region)))),
    ],
  };
}
