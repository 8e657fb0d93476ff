import type { City } from '../../domain/places/city.js';

/** The columns in which a table holds a city. */
export interface CityColumns {
  city_name: string | null;
  city_region: string | null;
  city_country: string | null;
  city_latitude: number | null;
  city_longitude: number | null;
  city_zone: string | null;
}

/** The city of a row; none unless everything that makes one is there. */
export function toCity(row: CityColumns): City | undefined {
  if (row.city_name === null || row.city_country === null || row.city_zone === null) return undefined;
  if (row.city_latitude === null || row.city_longitude === null) return undefined;
  return {
    name: row.city_name,
    region: row.city_region ?? '',
    country: row.city_country,
    latitude: row.city_latitude,
    longitude: row.city_longitude,
    zone: row.city_zone,
  };
}

/** The columns for a city, or for none. */
export function fromCity(city: City | undefined): CityColumns {
  return {
    city_name: city?.name ?? null,
    city_region: city?.region ?? null,
    city_country: city?.country ?? null,
    city_latitude: city?.latitude ?? null,
    city_longitude: city?.longitude ?? null,
    city_zone: city?.zone ?? null,
  };
}
