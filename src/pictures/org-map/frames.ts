import { type GeoProjection, geoAzimuthalEqualArea, geoCircle, geoEqualEarth } from 'd3-geo';
import type { MapRegion, OrgMap } from '../../domain/orgs/org-map.js';
import type { Continent } from '../../domain/places/continents.js';
import { FAR_KM } from '../../domain/places/distance.js';
import { HEIGHT, WIDTH } from './style.js';

/** How a region lies in the picture. */
export interface Frame {
  projection: GeoProjection;
  /** How finely coasts are drawn: for the whole world, or for a part of it. */
  detail: '110m' | '50m';
}

type Corner = [longitude: number, latitude: number];

/** The part of a continent where people live, and where it is looked at from; in degrees. */
const CONTINENT_FRAMES: Readonly<Record<Continent, { centre: Corner; corners: [Corner, Corner] }>> = {
  africa: {
    centre: [18, 2],
    corners: [
      [-18, 37],
      [52, -35],
    ],
  },
  asia: {
    centre: [88, 26],
    corners: [
      [34, 50],
      [142, -9],
    ],
  },
  europe: {
    centre: [13, 53],
    corners: [
      [-10, 64],
      [32, 35.5],
    ],
  },
  north_america: {
    centre: [-96, 38],
    corners: [
      [-124, 56],
      [-66, 9],
    ],
  },
  oceania: {
    centre: [150, -26],
    corners: [
      [113, -8],
      [179, -47],
    ],
  },
  south_america: {
    centre: [-62, -22],
    corners: [
      [-80, 11],
      [-35, -54],
    ],
  },
};

/** Room for the title, which stands above the world and to the left of everything else. */
const WORLD_ROOM: [[number, number], [number, number]] = [
  [24, 150],
  [WIDTH - 24, HEIGHT - 14],
];
const REGION_ROOM: [[number, number], [number, number]] = [
  [470, 50],
  [WIDTH - 60, HEIGHT - 60],
];

/** East of Bering Strait, so that no land is cut in two. */
const WORLD_TURN = -11;

const KM_A_DEGREE = 111.2;

/** The frame of a map: the whole world, a continent, or what lies around the reader's city. */
export function frameOf({ region, home }: Pick<OrgMap, 'region' | 'home'>): Frame {
  if (region === 'near' && home) return nearFrame([home.longitude, home.latitude]);
  if (region === 'near' || region === 'world') return worldFrame();
  return continentFrame(region);
}

function worldFrame(): Frame {
  const inhabited = corners([-168, 74], [168, -55], [-WORLD_TURN, 0]);
  return { projection: geoEqualEarth().rotate([WORLD_TURN, 0]).fitExtent(WORLD_ROOM, inhabited), detail: '110m' };
}

function continentFrame(region: Exclude<MapRegion, 'world' | 'near'>): Frame {
  const {
    centre,
    corners: [one, other],
  } = CONTINENT_FRAMES[region];
  const projection = lookingAt(centre).fitExtent(REGION_ROOM, corners(one, other, centre));
  return {
    projection: projection.clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]),
    detail: '50m',
  };
}

function nearFrame(centre: Corner): Frame {
  const around = geoCircle()
    .center(centre)
    .radius(FAR_KM / KM_A_DEGREE)();
  const projection = lookingAt(centre).fitExtent(REGION_ROOM, around);
  return {
    projection: projection.clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]),
    detail: '50m',
  };
}

/** Beyond this angle from the centre nothing can be in the picture. */
const HORIZON = 100;

function lookingAt([longitude, latitude]: Corner): GeoProjection {
  return geoAzimuthalEqualArea().rotate([-longitude, -latitude]).clipAngle(HORIZON);
}

/** Points on the sides of a box, as parallels are bent and reach furthest in their middle. */
function corners([west, north]: Corner, [east, south]: Corner, [middle]: Corner) {
  const longitudes = [west, middle, east];
  return {
    type: 'MultiPoint' as const,
    coordinates: longitudes.flatMap((longitude) =>
      [north, (north + south) / 2, south].map((latitude): Corner => [longitude, latitude]),
    ),
  };
}
