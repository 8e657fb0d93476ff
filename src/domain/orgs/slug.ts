import { plainKey } from '../places/place-key.js';

/** Longest slug, in characters; product.md section 12, "Orgs". */
const MOST_SLUG = 50;

/**
 * Slugs for an org in the order in which they are tried: `baish`, `baish-2`, `baish-3`… Lower-case ASCII with hyphens,
 * at most 50 characters. A name without a Latin letter or digit goes by its city, and else by `org`.
 */
export function* slugsFor({ name, cityName }: { name: string; cityName: string | undefined }): Generator<string> {
  const base = slugOf(name) || slugOf(cityName ?? '') || 'org';
  yield base;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    yield `${cut(base, MOST_SLUG - end.length)}${end}`;
  }
}

function slugOf(text: string): string {
  const plain = plainKey(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  return cut(plain, MOST_SLUG);
}

function cut(slug: string, most: number): string {
  return slug.slice(0, most).replace(/-+$/, '');
}
