import { countryName } from '../../domain/places/city.js';
import { type Box, boxAround, isInside, overlaps } from '../boxes.js';
import { textWidth } from '../raster.js';
import { drawable } from '../svg.js';
import type { Dot } from './dots.js';
import type { Home } from './home.js';
import { PICTURE, TEXT } from './style.js';

/** A dot's name, with where its line begins: the left end of the base line, in pixels. */
export interface Label {
  x: number;
  y: number;
  name: string;
  /** How many cities the dot holds besides: "+2"; empty for one alone. */
  more: string;
}

const MOST_LABELS = 60;
/** Names are measured one by one, so a crowded map stops trying after so many. */
const MOST_TRIES = 150;
const MOST_CHARACTERS = 22;

/** Free room around a label, and between it and its dot. */
const MARGIN = 5;
const GAP = 10;
/** Between a name and what is said of its neighbours. */
export const MORE_GAP = 7;
/** How far letters reach above and below the base line, as a share of their size. */
const ASCENT = 0.78;
const DESCENT = 0.24;

/**
 * Names for the dots, the largest first, each on whichever side of its dot has room; a name that would touch another, a
 * dot or a taken box is left out.
 */
export function placeLabels(dots: readonly Dot[], home: Home | undefined, taken: readonly Box[]): Label[] {
  const marks = home ? [boxAround(home.x, home.y, home.radius), home.sign] : [];
  const obstacles = [...taken, ...marks, ...dots.map(({ x, y, radius }) => boxAround(x, y, radius))];
  const labels: Label[] = [];
  for (const dot of dots.slice(0, MOST_TRIES)) {
    if (labels.length === MOST_LABELS) break;
    const words = wordsOf(dot);
    const box = sidesOf(dot, dot === home?.dot ? home.radius : dot.radius, words.width).find(
      (side) => isInside(side, PICTURE) && !obstacles.some((obstacle) => overlaps(side, obstacle)),
    );
    if (!box) continue;
    obstacles.push(box);
    labels.push({ x: box.left + MARGIN, y: box.top + MARGIN + TEXT.label.size * ASCENT, ...words.texts });
  }
  return labels;
}

function wordsOf({ foremost, cities }: Dot) {
  const name =
    drawable(foremost.name, MOST_CHARACTERS) ?? drawable(countryName(foremost.country), MOST_CHARACTERS) ?? '';
  const more = cities > 1 ? `+${cities - 1}` : '';
  const width = textWidth(name, TEXT.label) + (more === '' ? 0 : MORE_GAP + textWidth(more, TEXT.more));
  return { texts: { name, more }, width };
}

/** The places around a dot where its name may stand, the best first. */
function sidesOf({ x, y }: Dot, reach: number, textsWidth: number): Box[] {
  const width = textsWidth + 2 * MARGIN;
  const height = TEXT.label.size * (ASCENT + DESCENT) + 2 * MARGIN;
  const away = reach + GAP - MARGIN;
  const slant = reach * 0.7 + 2;
  const at = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height });
  const right = x + away;
  const left = x - away - width;
  const middle = y - height / 2;
  return [
    at(right, middle),
    at(left, middle),
    at(x - width / 2, y - away - height),
    at(x - width / 2, y + away),
    at(right, middle - height / 3),
    at(right, middle + height / 3),
    at(left, middle - height / 3),
    at(left, middle + height / 3),
    at(x + slant, y - slant - height),
    at(x + slant, y + slant),
    at(x - slant - width, y - slant - height),
    at(x - slant - width, y + slant),
  ];
}
