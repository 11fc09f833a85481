import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { stale } from '../../scripts/generate.js';

// Each reads the whole project.
vi.setConfig({ testTimeout: 60_000 });

const ROOT = resolve(__dirname, '../..');

function run(script: string, ...args: string[]): { code: number | null; text: string } {
  const options = { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, script), ...args], options);
  return { code: status, text: stdout + stderr };
}

it('has classes, pages and schema as the descriptions make them', () => {
  expect([...stale(ROOT).keys()], 'run `npm run generate`').toEqual([]);
});

it('has no file, export or dependency that nothing uses', () => {
  const { code, text } = run('node_modules/knip/bin/knip.js', '--no-progress');
  expect(code, text).toBe(0);
});
