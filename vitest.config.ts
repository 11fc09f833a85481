import { defineConfig } from 'vitest/config';
import { isAccountVariable } from './scripts/environment.js';

// Quietens a warning of Vite about a future major version, once for each project.
process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true';

// Also a plain `npx vitest` must never meet a real account: the workers inherit this process's environment.
for (const name of Object.keys(process.env).filter(isAccountVariable)) delete process.env[name];

const seconds = 1000;

/** The kinds run one after the other, so that the load of one does not eat into the time limits of another. */
const kinds = [
  { name: 'unit', limit: 5 * seconds },
  { name: 'contract', limit: 60 * seconds },
  { name: 'live', limit: 60 * seconds },
  { name: 'model', limit: 60 * seconds },
  { name: 'package', limit: 180 * seconds },
  { name: 'faults', limit: 180 * seconds },
  { name: 'lifecycle', limit: 180 * seconds },
];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: kinds.map(({ name, limit }, order) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        testTimeout: limit,
        hookTimeout: limit,
        sequence: { groupOrder: order },
      },
    })),
  },
});
