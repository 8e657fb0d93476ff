/** Text made comparable: lower case, accents and other marks off, single spaces. For finding, never for showing. */
export function fold(text: string): string {
  // Most titles are plain ASCII, which has no marks to take off.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}
