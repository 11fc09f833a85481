import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { Stack } from '../support/cli/stack.js';
import { IS_FULL } from '../support/extent.js';
import { caches } from './language-tools.js';

const ROOT = resolve(__dirname, '../..');
const examples = readdirSync(join(ROOT, 'examples')).sort();

/** The host of its language. */
function hostOf(example: string): string {
  const project = readFileSync(join(ROOT, 'examples', example, 'Pulumi.yaml'), 'utf8');
  const [, language = ''] = /^runtime:(?: +|\n +name: )(\w+)$/m.exec(project) ?? [];
  return `pulumi-language-${language}`;
}

// All that npm installs for this checkout, once more: half a minute of processor time.
describe.skipIf(!IS_FULL)('`pulumi install` on a fresh checkout', () => {
  let checkout: string;
  let emulator: Emulator;
  beforeAll(async () => {
    checkout = mkdtempSync(join(tmpdir(), 'fresh-checkout-'));
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
    for (const path of tracked.split('\0').filter((each) => each !== '' && existsSync(join(ROOT, each)))) {
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      cpSync(join(ROOT, path), join(checkout, path));
    }
    emulator = await startEmulator();
  });
  afterAll(async () => {
    rmSync(checkout, { recursive: true, force: true });
    await emulator.close();
  });

  it.for(examples)(
    'succeeds in examples/%s, after what its README has before it',
    async (example, { skip }) => {
      const toolchain = await findToolchainWith(['yaml'], () => {});
      if (!existsSync(join(toolchain, hostOf(example)))) skip(`the toolchain has no ${hostOf(example)}`);
      const folder = join(checkout, 'examples', example);
      const isNode = existsSync(join(folder, 'package.json'));
      // The host that the tests build looks for node_modules beside the program alone; those since 3.107 look above, too.
      if (isNode) mkdirSync(join(folder, 'node_modules'), { recursive: true });
      const stack = await Stack.make({
        emulator,
        program: '',
        folder,
        environment: caches(),
      });
      try {
        if (example.startsWith('plugin-'))
          await stack.succeed(
            ...['plugin', 'install', 'resource', 'alicloud-media', '0.1.0'],
            ...['--file', join(ROOT, 'plugin')],
          );
        await stack.succeed('install');
        if (isNode) expect(existsSync(join(checkout, 'node_modules/@pulumi/pulumi'))).toBe(true);
      } finally {
        const { HOME = '' } = stack.environment;
        rmSync(resolve(HOME, '..'), { recursive: true, force: true });
      }
    },
  );
});
