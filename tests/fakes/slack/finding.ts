import type { SeenElement } from './readable.js';

interface Which {
  near?: string;
  nth?: number;
}

/** The one element of that name. @throws Error listing what is there when there is none, or more than one. */
export function find(
  elements: SeenElement[],
  label: string,
  fits: (element: SeenElement) => boolean,
  { near, nth }: Which = {},
): SeenElement {
  const named = elements.filter((one) => fits(one) && one.names.includes(label));
  const close = near === undefined ? named : named.filter((one) => one.near.includes(near));
  const found = close[nth ?? 0];
  const where = near === undefined ? '' : ` near "${near}"`;
  if (!found) throw new Error(`Nothing called "${label}"${where}. ${list(elements)}`);
  if (close.length > 1 && nth === undefined) {
    throw new Error(`${close.length} things called "${label}"${where}; say near or nth. ${list(elements)}`);
  }
  return found;
}

/** What is there, for errors. */
export function list(elements: SeenElement[]): string {
  const named = elements.map(({ names, element }) => `${element.type} "${names.join('" or "')}"`);
  return `There is: ${named.join(', ') || 'nothing to press or fill in'}.`;
}
