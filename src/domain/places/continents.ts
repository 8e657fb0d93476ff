/** The parts of the world that a map may show, Antarctica left out. */
export const CONTINENTS = ['africa', 'asia', 'europe', 'north_america', 'oceania', 'south_america'] as const;
export type Continent = (typeof CONTINENTS)[number];

/** Countries by continent (UN M49, with the Americas parted at Panama); ISO 3166-1 alpha-2. */
const COUNTRIES: Readonly<Record<Continent, string>> = {
  africa:
    'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW',
  asia: 'AE AF AM AZ BD BH BN BT CC CN CX GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  europe:
    'AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  north_america:
    'AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI',
  oceania: 'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
  south_america: 'AR BO BR CL CO EC FK GF GS GY PE PY SR UY VE',
};

const byCountry = new Map(
  CONTINENTS.flatMap((continent) => COUNTRIES[continent].split(' ').map((code) => [code, continent] as const)),
);

/** Russia is on two continents; the Urals part them, roughly along this meridian. */
const URALS_LONGITUDE = 60;

/** The continent of a place, or nothing for a country that is on none. */
export function continentOf({ country, longitude }: { country: string; longitude: number }): Continent | undefined {
  const isBeyondUrals = longitude > URALS_LONGITUDE || longitude < -90;
  return country === 'RU' && isBeyondUrals ? 'asia' : byCountry.get(country);
}
