/** Text made comparable: lower case, accents and other marks off, single spaces. For finding, never for showing. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}
