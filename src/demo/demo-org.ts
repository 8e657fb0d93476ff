import type { DemoCity } from './demo-cities.js';

/** An invented org of the playground. `key` is its slug. */
export interface DemoOrg {
  key: string;
  name: string;
  type: 'reading_group' | 'research_hub' | 'university_group' | 'chapter' | 'coworking' | 'network' | 'other';
  /** Missing for orgs that only meet online. */
  city?: DemoCity;
  description: string;
  website?: string;
  isGlobal: boolean;
  isListed: boolean;
  joinPolicy: 'open' | 'approval';
  /** ISO 639-1. */
  languages: string[];
}

/** Fills in what most local orgs share: listed, open to all, English spoken. */
export function localOrg(
  org: Pick<DemoOrg, 'key' | 'name' | 'type' | 'description'> & { city: DemoCity } & Partial<DemoOrg>,
): DemoOrg {
  return { isGlobal: false, isListed: true, joinPolicy: 'open', languages: ['en'], ...org };
}
