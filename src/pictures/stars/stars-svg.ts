import type { StarsPicture } from '../../domain/attendance/stars-picture.js';
import { COLOURS } from '../org-map/style.js';
import { FONT_FAMILY, WEIGHTS } from '../raster.js';
import { drawable, escapeXml } from '../svg.js';

const WIDTH = 1000;
const HEIGHT = 560;
const LEFT = 48;
const MOST_TITLE = 40;
const MOST_SUBTITLE = 70;

/** Rows from five stars down to one. */
const FIRST_ROW = 190;
const ROW = 72;
const BAR = { left: 200, right: WIDTH - 130, height: 44 };
/** So that one among hundreds is still seen. */
const LEAST_BAR = 6;
const STAR_GAP = 27;

/** How many gave so many stars, as bars. */
export function starsSvg({ counts, title, subtitle }: StarsPicture): string {
  const most = Math.max(1, ...counts);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT_FAMILY}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${COLOURS.onDot}"/>`,
    text(drawable(title, MOST_TITLE) ?? title.slice(0, MOST_TITLE), { x: LEFT, y: 84, size: 52, weight: 'semibold' }),
    text(drawable(subtitle, MOST_SUBTITLE) ?? '', { x: LEFT, y: 130, size: 28, colour: COLOURS.inkSoft }),
    ...[...counts].reverse().map((count, row) => rowOf({ count, most, stars: counts.length - row, row })),
    '</svg>',
  ].join('\n');
}

function rowOf({ count, most, stars, row }: { count: number; most: number; stars: number; row: number }): string {
  const middle = FIRST_ROW + row * ROW;
  const width = BAR.right - BAR.left;
  const filled = count === 0 ? 0 : Math.max(LEAST_BAR, (width * count) / most);
  const bar = (length: number, colour: string) =>
    `<rect x="${BAR.left}" y="${middle - BAR.height / 2}" width="${length.toFixed(1)}" height="${BAR.height}" rx="6" fill="${colour}"/>`;
  return [
    ...Array.from({ length: stars }, (_, position) => star(LEFT + 12 + position * STAR_GAP, middle)),
    bar(width, COLOURS.sea),
    ...(filled > 0 ? [bar(filled, COLOURS.dot)] : []),
    text(String(count), { x: BAR.right + 20, y: middle + 12, size: 34, weight: 'semibold' }),
  ].join('');
}

/** Five points, one upwards; drawn, as the font has no star. */
function star(x: number, y: number): string {
  const points = Array.from({ length: 10 }, (_, position) => {
    const angle = (Math.PI / 5) * position - Math.PI / 2;
    const radius = position % 2 === 0 ? 12 : 5;
    return `${(x + radius * Math.cos(angle)).toFixed(1)},${(y + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return `<polygon points="${points.join(' ')}" fill="${COLOURS.home}"/>`;
}

interface Setting {
  x: number;
  y: number;
  size: number;
  weight?: keyof typeof WEIGHTS;
  colour?: string;
}

function text(words: string, { x, y, size, weight = 'regular', colour = COLOURS.ink }: Setting): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${WEIGHTS[weight]}" fill="${colour}">${escapeXml(words)}</text>`;
}
