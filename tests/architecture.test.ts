import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';

/** Which way imports point; ARCHITECTURE.md gives the reasons. A folder may import itself and what stands here. */
const MAY_IMPORT: Record<string, string[]> = {
  'src/shared': [],
  'src/domain': ['src/shared'],
  'src/bot': ['src/domain', 'src/shared'],
  'src/luma': ['src/domain', 'src/shared'],
  'src/demo': ['src/domain', 'src/shared'],
  'src/db': [
    'src/domain',
    'src/shared',
    'src/scheduler/job-runs',
    'src/platforms/slack/installations.ts',
    'db/migrations.ts',
  ],
  'src/pictures': ['src/domain', 'src/shared'],
  'src/scheduler': ['src/domain', 'src/bot', 'src/shared', 'src/platforms/platform.ts'],
  'src/web': ['src/bot', 'src/domain', 'src/shared', 'src/platforms/platform.ts'],
  'src/platforms/discord': ['src/bot', 'src/domain', 'src/shared', 'src/platforms/platform.ts'],
  'src/platforms/slack': ['src/bot', 'src/domain', 'src/shared', 'src/platforms/platform.ts'],
  'src/platforms/playground': [
    'src/bot',
    'src/domain',
    'src/shared',
    'src/demo/demo-personas',
    'src/platforms/platform.ts',
  ],
  'db/migrations': [],
};

/** Which packages the inner rings may use. */
const PACKAGES: Record<string, string[]> = {
  'src/domain': ['luxon', 'zod', 'nanoid', 'fastest-levenshtein', 'geolib'],
  'src/bot': ['luxon', 'zod', 'nanoid', 'fastest-levenshtein', 'lru-cache'],
  'src/shared': ['luxon', 'pino'],
};

const ownRules = Object.entries(MAY_IMPORT).map(
  ([folder, allowed]): IForbiddenRuleType => ({
    name: `${folder} imports only what it may`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: '\\.test\\.ts$' },
    to: { path: '^(src|db|tests|bench)/', pathNot: [folder, ...allowed].map((path) => `^${path}`) },
  }),
);

const packageRules = Object.entries(PACKAGES).map(
  ([folder, allowed]): IForbiddenRuleType => ({
    name: `${folder} uses few packages`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: '\\.test\\.ts$' },
    to: { path: 'node_modules/', pathNot: allowed.map((name) => `node_modules/(@types/)?${name}/`) },
  }),
);

const otherRules: IForbiddenRuleType[] = [
  {
    name: 'no circles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'nobody imports the composition root',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(cli/|main\\.ts|chat-platforms\\.ts)|\\.test\\.ts$' },
    to: { path: '^src/(cli/|(main|chat-platforms|jobs|config)\\.ts)' },
  },
  {
    name: 'the product does not import tests',
    severity: 'error',
    from: { path: '^(src|db)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^(tests|bench)/' },
  },
];

describe('imports', () => {
  let result: ICruiseResult;

  beforeAll(async () => {
    const { output } = await cruise(['src', 'db'], {
      ruleSet: { forbidden: [...ownRules, ...packageRules, ...otherRules] },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^src/platforms/playground/(client|build-client)' },
    });
    result = output as ICruiseResult;
  });

  it('are really read: the cruise finds the product’s files and the arrows between them', () => {
    expect(result.summary.totalCruised).toBeGreaterThan(60);
    const bot = result.modules.find(({ source }) => source === 'src/bot/bot.ts');
    expect(bot?.dependencies.map(({ resolved }) => resolved)).toContain('src/domain/errors.ts');
  });

  it('point the way ARCHITECTURE.md says', () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});
