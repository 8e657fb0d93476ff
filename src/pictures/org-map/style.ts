/** The size of a map, in pixels. */
export const WIDTH = 1600;
export const HEIGHT = 850;

/** Where text may stand. */
export const PICTURE = { left: 16, top: 12, right: WIDTH - 16, bottom: HEIGHT - 12 };

export const COLOURS = {
  sea: '#eef1fb',
  land: '#cdd4ec',
  border: '#e6eafa',
  ink: '#1d1b4b',
  inkSoft: '#54567d',
  dot: '#4f46e5',
  onDot: '#ffffff',
  home: '#e8590c',
} as const;

/** Sizes of text: large enough to be read on a phone, where the picture is a quarter of its width. */
export const TEXT = {
  title: { size: 58, weight: 'semibold' },
  subtitle: { size: 30, weight: 'regular' },
  label: { size: 29, weight: 'semibold' },
  more: { size: 23, weight: 'regular' },
  count: { size: 25, weight: 'semibold' },
  credit: { size: 18, weight: 'regular' },
} as const;
