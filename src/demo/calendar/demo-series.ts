import type { DemoOrg } from '../demo-org.js';
import type { DemoKind } from './demo-topics.js';

/** One of an org's regular events. */
export interface DemoSeries {
  key: string;
  kind: DemoKind;
  /** 1 is Monday. */
  weekday: number;
  /** On the org's own clock. */
  hour: number;
  everyWeeks: number;
}

/** Which orgs have a calendar on the demo's lu.ma. */
export const DEMO_CALENDAR_ORGS: readonly string[] = [
  'baish',
  'circulo-bioseguridad-ba',
  'spaig',
  'tasia',
  'toronto-alignment-workshop',
  'hudson-ai-policy',
  'strawberry-creek',
  'mission-forecasting',
  'larr',
  'watchmakers-desks',
  'fenland-students',
  'lisboa-alinhada',
  'atelier-interp-paris',
  'spree-safety',
  'limmat-circle',
  'malaren-fika',
  'lagos-ai-safety-house',
  'nairobi-futures',
  'cairo-nile-circle',
  'bengaluru-safety-studio',
  'straits-biosecurity',
  'manila-bayanihan',
  'tokyo-slow-reading',
  'kanda-research-desk',
  'yarra-impact',
  'waitemata-pandemic',
  'fieldbuilders-online',
  'biosecurity-book-club',
  'cubbon-park-readers',
  'kopi-and-kappa',
  'hangang-safety-lab',
  'harbour-ai-governance',
  'accra-outbreak-readers',
  'table-mountain-students',
  'foro-andino-bio',
  'clube-de-evals',
  'potomac-tech-policy',
  'lake-merritt-evals',
  'bay-biosecurity-supper',
  'thames-biosecurity',
  'auld-reekie-ai',
  'tertulia-madrid',
  'amstel-policy-lab',
  'donau-dialog',
  'wisla-students',
  'kyiv-ai-safety',
];

const series = (kind: DemoKind, weekday: number, hour: number, everyWeeks: number): DemoSeries => ({
  key: `${kind}-${weekday}`,
  kind,
  weekday,
  hour,
  everyWeeks,
});

const BY_TYPE: Readonly<Record<DemoOrg['type'], readonly DemoSeries[]>> = {
  reading_group: [series('reading', 3, 19, 1), series('social', 6, 16, 4)],
  research_hub: [series('reading', 4, 18, 1), series('talk', 2, 18, 2), series('workshop', 6, 11, 4)],
  university_group: [series('course', 2, 18, 1), series('social', 5, 19, 3)],
  chapter: [series('social', 4, 19, 2), series('talk', 3, 18, 2), series('online', 1, 20, 4)],
  coworking: [series('coworking', 2, 10, 1), series('coworking', 5, 10, 1), series('social', 5, 18, 4)],
  network: [series('online', 2, 16, 2), series('talk', 4, 18, 4)],
  other: [series('workshop', 3, 18, 2), series('social', 6, 15, 4)],
};

/** An org's regular events; orgs that only meet online have no dinners. */
export function seriesOf({ type, city }: DemoOrg): readonly DemoSeries[] {
  if (city) return BY_TYPE[type];
  return BY_TYPE[type].map((one) => (one.kind === 'social' ? { ...one, kind: 'online' } : one));
}
