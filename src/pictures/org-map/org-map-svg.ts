import type { OrgMapPicture } from '../../domain/orgs/org-map.js';
import type { Box } from '../boxes.js';
import { FONT_FAMILY, type TextStyle, textWidth, WEIGHTS } from '../raster.js';
import { drawable, escapeXml } from '../svg.js';
import { clustersOf } from './clusters.js';
import { type Dot, dotsOf } from './dots.js';
import { frameOf } from './frames.js';
import { type Home, placeHome } from './home.js';
import { type Label, MORE_GAP, placeLabels } from './labels.js';
import { landPaths } from './land.js';
import { COLOURS, HEIGHT, TEXT, WIDTH } from './style.js';

const CREDIT = 'Map: Natural Earth · Places: GeoNames · Rollcall';
const MOST_TITLE = 40;
const MOST_SUBTITLE = 80;

const LEFT = 48;
const TITLE_BASE = 84;
const SUBTITLE_BASE = 130;

/** The whole map as an SVG document. Texts that the font cannot draw are left out, and all are escaped. */
export function orgMapSvg({ map, title, subtitle }: OrgMapPicture): string {
  const frame = frameOf(map);
  const { land, borders } = landPaths(map.region, frame);
  const words = titleLines(title, subtitle);
  const taken = [...words.map(boxOf), CREDIT_BOX];
  const dots = dotsOf(clustersOf(map.cities, frame.projection, words.map(boxOf)));
  const home = placeHome({ home: map.home, frame, dots, taken });
  const labels = placeLabels(dots, home, taken);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT_FAMILY}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${COLOURS.sea}"/>`,
    `<path d="${land}" fill="${COLOURS.land}"/>`,
    `<path d="${borders}" fill="none" stroke="${COLOURS.border}" stroke-width="1.2" stroke-linejoin="round"/>`,
    ...(home ? [ring(home)] : []),
    // Small ones lie on top, where large ones would hide them.
    ...dots.map(circle),
    ...dots.map(countIn),
    ...(home ? [sign(home)] : []),
    ...labels.map(labelText),
    ...words.map(({ text, style, y, colour }) => line(escapeXml(text), { x: LEFT, y, style, colour, hasHalo: true })),
    line(escapeXml(CREDIT), {
      x: WIDTH - 20,
      y: HEIGHT - 16,
      style: TEXT.credit,
      colour: COLOURS.inkSoft,
      anchor: 'end',
    }),
    '</svg>',
  ].join('\n');
}

interface TitleLine {
  text: string;
  style: TextStyle;
  y: number;
  colour: string;
}

function titleLines(title: string, subtitle: string): TitleLine[] {
  const lines = [
    { text: drawable(title, MOST_TITLE), style: TEXT.title, y: TITLE_BASE, colour: COLOURS.ink },
    { text: drawable(subtitle, MOST_SUBTITLE), style: TEXT.subtitle, y: SUBTITLE_BASE, colour: COLOURS.inkSoft },
  ];
  return lines.flatMap(({ text, ...rest }) => (text === undefined ? [] : [{ text, ...rest }]));
}

function boxOf({ text, style, y }: TitleLine): Box {
  return { left: LEFT, top: y - style.size, right: LEFT + textWidth(text, style) + 16, bottom: y + style.size * 0.3 };
}

const CREDIT_BOX: Box = { left: WIDTH - 480, top: HEIGHT - 42, right: WIDTH, bottom: HEIGHT };

function circle({ x, y, radius }: Dot): string {
  const at = `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}"`;
  return `<circle ${at} fill="${COLOURS.dot}" fill-opacity="0.92" stroke="${COLOURS.onDot}" stroke-width="2.5"/>`;
}

function countIn({ x, y, count }: Dot): string {
  if (count === undefined) return '';
  const style = TEXT.count;
  return line(count, { x, y: y + style.size * 0.36, style, colour: COLOURS.onDot, anchor: 'middle' });
}

function labelText({ x, y, name, more }: Label): string {
  const muted = `<tspan dx="${MORE_GAP}" font-size="${TEXT.more.size}" font-weight="${WEIGHTS.regular}" fill="${COLOURS.inkSoft}">${more}</tspan>`;
  return line(`${escapeXml(name)}${more === '' ? '' : muted}`, {
    x,
    y,
    style: TEXT.label,
    colour: COLOURS.ink,
    hasHalo: true,
  });
}

function ring({ x, y, radius }: Home): string {
  const at = `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}"`;
  return `<circle ${at} fill="${COLOURS.home}" fill-opacity="0.14" stroke="${COLOURS.home}" stroke-width="3.5"/>`;
}

function sign({ x, words, sign: { left, top, right, bottom } }: Home): string {
  const [width, height] = [right - left, bottom - top];
  const at = `x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}"`;
  const style = TEXT.label;
  const text = line(words, {
    x,
    y: top + height / 2 + style.size * 0.36,
    style,
    colour: COLOURS.onDot,
    anchor: 'middle',
  });
  return `<rect ${at} rx="${(height / 2).toFixed(1)}" fill="${COLOURS.home}"/>${text}`;
}

/** One line of text; the text itself is mark-up already. */
function line(
  markup: string,
  at: { x: number; y: number; style: TextStyle; colour: string; anchor?: 'middle' | 'end'; hasHalo?: boolean },
): string {
  const { x, y, style, colour, anchor = 'start', hasHalo = false } = at;
  const halo = hasHalo
    ? ` stroke="${COLOURS.sea}" stroke-opacity="0.85" stroke-width="6" stroke-linejoin="round" paint-order="stroke"`
    : '';
  return (
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${style.size}" font-weight="${WEIGHTS[style.weight]}"` +
    ` fill="${colour}" text-anchor="${anchor}"${halo}>${markup}</text>`
  );
}
