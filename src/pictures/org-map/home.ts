import type { OrgMap } from '../../domain/orgs/org-map.js';
import { type Box, isInside, overlaps } from '../boxes.js';
import { textWidth } from '../raster.js';
import type { Dot } from './dots.js';
import type { Frame } from './frames.js';
import { PICTURE, TEXT } from './style.js';

/** The reader's own city: a ring about it, or about the dot that holds it, and a sign at the ring. */
export interface Home {
  x: number;
  y: number;
  /** The ring's, in pixels; wider than the city, as nothing finer should be told. */
  radius: number;
  /** The dot that the ring goes round. */
  dot: Dot | undefined;
  words: string;
  sign: Box;
}

const LEAST_RADIUS = 30;
/** Between a dot and its ring; a city this close to a dot belongs to it. */
const CLEARANCE = 11;
const WORDS = 'You';
const SIGN_HEIGHT = 42;
const SIGN_PADDING = 16;
const GAP = 8;

/** Where the reader's city is in the picture, its sign clear of what is taken; nothing for who keeps it to themselves. */
export function placeHome(parts: {
  home: OrgMap['home'];
  frame: Frame;
  dots: readonly Dot[];
  taken: readonly Box[];
}): Home | undefined {
  const { home, frame, dots, taken } = parts;
  const at = home && frame.projection([home.longitude, home.latitude]);
  if (!at) return undefined;
  const dot = dots.find(({ x, y, radius }) => Math.hypot(x - at[0], y - at[1]) < radius + CLEARANCE);
  const [x, y] = dot ? [dot.x, dot.y] : at;
  const radius = Math.max(LEAST_RADIUS, (dot?.radius ?? 0) + CLEARANCE);
  const above = signAt(x, y - radius - GAP - SIGN_HEIGHT);
  const isFree = isInside(above, PICTURE) && !taken.some((box) => overlaps(box, above));
  return { x, y, radius, dot, words: WORDS, sign: isFree ? above : signAt(x, y + radius + GAP) };
}

function signAt(x: number, top: number): Box {
  const half = textWidth(WORDS, TEXT.label) / 2 + SIGN_PADDING;
  return { left: x - half, right: x + half, top, bottom: top + SIGN_HEIGHT };
}
