import { createRequire } from 'node:module';
import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';
import { LRUCache } from 'lru-cache';
import { escapeXml } from './svg.js';

const require = createRequire(import.meta.url);

/** The one family that pictures are set in, and its weights. */
export const FONT_FAMILY = 'Noto Sans';
export const WEIGHTS = { regular: 400, semibold: 600 } as const;

// The machine's own fonts differ from place to place, so none of them is used.
const OPTIONS: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    defaultFontFamily: FONT_FAMILY,
    fontFiles: [
      require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
      require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
    ],
  },
};

/** Draws an SVG document, at its own size. */
export function toPng(svg: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Resvg(svg, OPTIONS).render().asPng());
}

/** How text is set. Sizes are in the picture's pixels. */
export interface TextStyle {
  size: number;
  weight: keyof typeof WEIGHTS;
}

const widths = new LRUCache<string, number>({ max: 5_000 });

/** The width of one line of text as it will be drawn, in pixels. */
export function textWidth(text: string, { size, weight }: TextStyle): number {
  const key = `${size} ${weight} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const drawn = `<text y="${size}" font-size="${size}" font-weight="${WEIGHTS[weight]}">${escapeXml(text)}</text>`;
  const box = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${drawn}</svg>`,
    OPTIONS,
  ).getBBox();
  const width = box ? box.x + box.width : 0;
  widths.set(key, width);
  return width;
}
