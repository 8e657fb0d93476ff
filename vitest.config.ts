import { configDefaults, defineConfig } from 'vitest/config';

const hasNoBrowser = process.env.ROLLCALL_NO_BROWSER === '1';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'dist/**', ...(hasNoBrowser ? ['**/*.browser.test.ts'] : [])],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
