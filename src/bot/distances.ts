import { numberWords } from './numbers.js';

const KM_A_MILE = 1.609344;

/**
 * "9 km", "35 km", "20 miles": miles for readers in the United States, by the BCP 47 tag of their locale; to 1 below
 * 10, to 5 above (product.md section 12, "Location").
 */
export function distanceWords(km: number, locale: string): string {
  const isInMiles = locale.toLowerCase() === 'en-us';
  const exact = isInMiles ? km / KM_A_MILE : km;
  const rounded = exact < 9.5 ? Math.round(exact) : Math.round(exact / 5) * 5;
  const unit = isInMiles ? (rounded === 1 ? 'mile' : 'miles') : 'km';
  return rounded === 0 ? `under 1 ${isInMiles ? 'mile' : 'km'}` : `${numberWords(rounded)} ${unit}`;
}
