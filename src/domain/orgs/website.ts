/** Longest address of a website, in characters. */
export const MOST_WEBSITE = 200;

/**
 * A web address as it is kept: http or https, with a host that has a dot, and no name or password in it. Written
 * without a scheme it is https. Nothing for what is no such address.
 */
export function readWebsite(text: string): string | undefined {
  const written = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/iu.test(written) ? written : `https://${written}`;
  if (whole.length > MOST_WEBSITE || !URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const isPlain = url.username === '' && url.password === '' && url.hostname.includes('.');
  return isWeb && isPlain ? url.href : undefined;
}
