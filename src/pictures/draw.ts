import type { StarsPicture } from '../domain/attendance/stars-picture.js';
import type { OrgMapPicture } from '../domain/orgs/org-map.js';
import { orgMapSvg } from './org-map/org-map-svg.js';
import { toPng } from './raster.js';
import { starsSvg } from './stars/stars-svg.js';

/** A picture to be drawn; plain data, as it goes to another thread. */
export type Drawing = { kind: 'org-map'; picture: OrgMapPicture } | { kind: 'stars'; picture: StarsPicture };

/** Draws it as PNG, here and now: a fifth of a second in which nothing else runs in this thread. */
export function draw(drawing: Drawing): Uint8Array<ArrayBuffer> {
  switch (drawing.kind) {
    case 'org-map':
      return toPng(orgMapSvg(drawing.picture));
    case 'stars':
      return toPng(starsSvg(drawing.picture));
  }
}
