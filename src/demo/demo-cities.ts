/** A place as the demo data knows it: its centre, and the zone its clocks keep. */
export interface DemoCity {
  name: string;
  /** The administrative region, '' where the city is its own. */
  region: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  latitude: number;
  longitude: number;
  /** IANA zone. */
  zone: string;
}

function city(
  [name, region, country]: [string, string, string],
  [latitude, longitude]: [number, number],
  zone: string,
): DemoCity {
  return { name, region, country, latitude, longitude, zone };
}

/** The cities where demo orgs meet and demo members live. */
export const CITIES = {
  // Americas
  buenosAires: city(['Buenos Aires', '', 'AR'], [-34.6037, -58.3816], 'America/Argentina/Buenos_Aires'),
  cordoba: city(['Córdoba', 'Córdoba', 'AR'], [-31.4201, -64.1888], 'America/Argentina/Cordoba'),
  montevideo: city(['Montevideo', 'Montevideo', 'UY'], [-34.9011, -56.1645], 'America/Montevideo'),
  santiago: city(['Santiago', 'Santiago Metropolitan', 'CL'], [-33.4489, -70.6693], 'America/Santiago'),
  saoPaulo: city(['São Paulo', 'São Paulo', 'BR'], [-23.5505, -46.6333], 'America/Sao_Paulo'),
  bogota: city(['Bogotá', 'Bogotá D.C.', 'CO'], [4.711, -74.0721], 'America/Bogota'),
  mexicoCity: city(['Mexico City', 'Mexico City', 'MX'], [19.4326, -99.1332], 'America/Mexico_City'),
  toronto: city(['Toronto', 'Ontario', 'CA'], [43.6532, -79.3832], 'America/Toronto'),
  montreal: city(['Montréal', 'Quebec', 'CA'], [45.5019, -73.5674], 'America/Toronto'),
  newYork: city(['New York City', 'New York', 'US'], [40.7128, -74.006], 'America/New_York'),
  cambridgeUs: city(['Cambridge', 'Massachusetts', 'US'], [42.3736, -71.1097], 'America/New_York'),
  washington: city(['Washington, D.C.', 'District of Columbia', 'US'], [38.9072, -77.0369], 'America/New_York'),
  chicago: city(['Chicago', 'Illinois', 'US'], [41.8781, -87.6298], 'America/Chicago'),
  berkeley: city(['Berkeley', 'California', 'US'], [37.8715, -122.273], 'America/Los_Angeles'),
  oakland: city(['Oakland', 'California', 'US'], [37.8044, -122.2712], 'America/Los_Angeles'),
  sanFrancisco: city(['San Francisco', 'California', 'US'], [37.7749, -122.4194], 'America/Los_Angeles'),
  // Europe
  london: city(['London', 'England', 'GB'], [51.5074, -0.1278], 'Europe/London'),
  cambridgeGb: city(['Cambridge', 'England', 'GB'], [52.2053, 0.1218], 'Europe/London'),
  edinburgh: city(['Edinburgh', 'Scotland', 'GB'], [55.9533, -3.1883], 'Europe/London'),
  dublin: city(['Dublin', 'Leinster', 'IE'], [53.3498, -6.2603], 'Europe/Dublin'),
  lisbon: city(['Lisbon', 'Lisbon', 'PT'], [38.7223, -9.1393], 'Europe/Lisbon'),
  almada: city(['Almada', 'Setúbal', 'PT'], [38.679, -9.1569], 'Europe/Lisbon'),
  madrid: city(['Madrid', 'Madrid', 'ES'], [40.4168, -3.7038], 'Europe/Madrid'),
  paris: city(['Paris', 'Île-de-France', 'FR'], [48.8566, 2.3522], 'Europe/Paris'),
  amsterdam: city(['Amsterdam', 'North Holland', 'NL'], [52.3676, 4.9041], 'Europe/Amsterdam'),
  berlin: city(['Berlin', 'Berlin', 'DE'], [52.52, 13.405], 'Europe/Berlin'),
  zurich: city(['Zürich', 'Zürich', 'CH'], [47.3769, 8.5417], 'Europe/Zurich'),
  vienna: city(['Vienna', 'Vienna', 'AT'], [48.2082, 16.3738], 'Europe/Vienna'),
  prague: city(['Prague', 'Prague', 'CZ'], [50.0755, 14.4378], 'Europe/Prague'),
  warsaw: city(['Warsaw', 'Masovia', 'PL'], [52.2297, 21.0122], 'Europe/Warsaw'),
  stockholm: city(['Stockholm', 'Stockholm', 'SE'], [59.3293, 18.0686], 'Europe/Stockholm'),
  tallinn: city(['Tallinn', 'Harju', 'EE'], [59.437, 24.7536], 'Europe/Tallinn'),
  kyiv: city(['Kyiv', 'Kyiv City', 'UA'], [50.4501, 30.5234], 'Europe/Kyiv'),
  istanbul: city(['Istanbul', 'Istanbul', 'TR'], [41.0082, 28.9784], 'Europe/Istanbul'),
  // Africa
  lagos: city(['Lagos', 'Lagos', 'NG'], [6.5244, 3.3792], 'Africa/Lagos'),
  accra: city(['Accra', 'Greater Accra', 'GH'], [5.6037, -0.187], 'Africa/Accra'),
  nairobi: city(['Nairobi', 'Nairobi', 'KE'], [-1.2921, 36.8219], 'Africa/Nairobi'),
  capeTown: city(['Cape Town', 'Western Cape', 'ZA'], [-33.9249, 18.4241], 'Africa/Johannesburg'),
  cairo: city(['Cairo', 'Cairo', 'EG'], [30.0444, 31.2357], 'Africa/Cairo'),
  // Asia
  telAviv: city(['Tel Aviv', 'Tel Aviv', 'IL'], [32.0853, 34.7818], 'Asia/Jerusalem'),
  bengaluru: city(['Bengaluru', 'Karnataka', 'IN'], [12.9716, 77.5946], 'Asia/Kolkata'),
  delhi: city(['New Delhi', 'Delhi', 'IN'], [28.6139, 77.209], 'Asia/Kolkata'),
  kathmandu: city(['Kathmandu', 'Bagmati', 'NP'], [27.7172, 85.324], 'Asia/Kathmandu'),
  singapore: city(['Singapore', '', 'SG'], [1.3521, 103.8198], 'Asia/Singapore'),
  hanoi: city(['Hanoi', 'Hanoi', 'VN'], [21.0278, 105.8342], 'Asia/Ho_Chi_Minh'),
  jakarta: city(['Jakarta', 'Jakarta', 'ID'], [-6.2088, 106.8456], 'Asia/Jakarta'),
  manila: city(['Manila', 'Metro Manila', 'PH'], [14.5995, 120.9842], 'Asia/Manila'),
  taipei: city(['Taipei', 'Taipei', 'TW'], [25.033, 121.5654], 'Asia/Taipei'),
  seoul: city(['Seoul', 'Seoul', 'KR'], [37.5665, 126.978], 'Asia/Seoul'),
  tokyo: city(['Tokyo', 'Tokyo', 'JP'], [35.6762, 139.6503], 'Asia/Tokyo'),
  // Oceania
  adelaide: city(['Adelaide', 'South Australia', 'AU'], [-34.9285, 138.6007], 'Australia/Adelaide'),
  melbourne: city(['Melbourne', 'Victoria', 'AU'], [-37.8136, 144.9631], 'Australia/Melbourne'),
  sydney: city(['Sydney', 'New South Wales', 'AU'], [-33.8688, 151.2093], 'Australia/Sydney'),
  auckland: city(['Auckland', 'Auckland', 'NZ'], [-36.8509, 174.7645], 'Pacific/Auckland'),
} satisfies Record<string, DemoCity>;
