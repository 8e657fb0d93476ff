import { fold } from '../../shared/fold.js';
import { countryName } from './city.js';

/** Officially assigned ISO 3166-1 alpha-2 codes, with Kosovo's in common use. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  );

/** What people write instead of a country's name or code. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  usa: 'US',
  america: 'US',
  uae: 'AE',
  holland: 'NL',
  turkey: 'TR',
  'czech republic': 'CZ',
};

const COUNTRIES = CODES.map((code) => ({ code, name: countryName(code), folded: fold(countryName(code)) }));

/**
 * The country that a text names, by its English name, its two-letter code or the beginning of its name; the code
 * (ISO 3166-1 alpha-2).
 */
export function findCountry(text: string): string | undefined {
  const folded = fold(text);
  const exact =
    ALSO[folded] ?? COUNTRIES.find(({ code, folded: name }) => name === folded || fold(code) === folded)?.code;
  if (exact) return exact;
  const begin = folded.length >= 4 ? COUNTRIES.filter((country) => country.folded.startsWith(folded)) : [];
  return begin.length === 1 ? begin[0]?.code : undefined;
}

/** Countries to offer while somebody types: those whose name begins with the text, then those that hold it. */
export function suggestCountries(text: string): { code: string; name: string }[] {
  const folded = fold(text);
  const begins = COUNTRIES.filter((country) => country.folded.startsWith(folded));
  const holds = COUNTRIES.filter((country) => !country.folded.startsWith(folded) && country.folded.includes(folded));
  return [...begins, ...holds].map(({ code, name }) => ({ code, name }));
}
