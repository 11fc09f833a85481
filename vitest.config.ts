import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { isAccountVariable } from './scripts/environment.js';
import { LEFT_OUT } from './test/support/extent.js';

// Quietens a warning of Vite about a future major version, once for each project.
process.env.VITE_CONFIG_NATIVE_IGNORE_WARNING = 'true';

// Also a plain `npx vitest` must never meet a real account: the workers inherit this process's environment.
for (const name of Object.keys(process.env).filter(isAccountVariable)) delete process.env[name];

const seconds = 1000;
/** What drives the CLI. */
const toolchain = 'test/support/cli/toolchain.ts';

/** The unit tests run first, alone: the load of the others does not eat into their short time limit. */
const kinds = [
  { name: 'unit', limit: 5 * seconds },
  { name: 'contract', limit: 60 * seconds },
  { name: 'browser', limit: 60 * seconds, setUp: 'test/browser/set-up.ts' },
  { name: 'live', limit: 60 * seconds },
  { name: 'model', limit: 60 * seconds, setUp: toolchain },
  { name: 'package', limit: 180 * seconds, setUp: toolchain },
  { name: 'plugin', limit: 180 * seconds, setUp: toolchain },
  { name: 'faults', limit: 180 * seconds, setUp: toolchain },
  { name: 'lifecycle', limit: 180 * seconds, setUp: toolchain },
  { name: 'compatibility', limit: 600 * seconds, setUp: toolchain },
];

/**
 * What drives the CLI first, and what takes longest first of all: else one worker ends long after the others. The files of
 * a kind stay together, since a worker goes on only with its own.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = [
      'plugin',
      'compatibility',
      'package',
      'lifecycle',
      'live',
      'model',
      'faults',
      'browser',
      'contract',
      'unit',
    ];
    const place = ({ project, moduleId }: TestSpecification) =>
      2 * order.indexOf(project.name) + (/(languages|from-nothing)\.test\.ts$/.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

const compileCache = 'test/support/cli/compile-cache/set-up.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // A process for each file would load the same modules ninety times; what a test sets, it takes back.
    isolate: false,
    // More than the two processors it is planned for: a worker that drives the CLI often waits for it.
    maxWorkers: 5,
    sequence: { sequencer: LongestFirst },
    projects: kinds.map(({ name, limit, setUp }) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        exclude: LEFT_OUT.map((file) => `test/${file}`),
        setupFiles: ['test/support/processor-time.ts', 'test/support/gate-seed.ts'],
        globalSetup: setUp ? [compileCache, setUp] : compileCache,
        testTimeout: limit,
        hookTimeout: limit,
        sequence: { groupOrder: name === 'unit' ? 0 : 1 },
      },
    })),
  },
});
