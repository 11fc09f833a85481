import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { caches } from '../plugin/language-tools.js';
import { IS_WIDE } from '../support/extent.js';
import { packedBy } from './installed-project.js';

// What is fetched or compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const ROOT = resolve(__dirname, '../..');

/** What `npm pack` packs in a folder. */
function packedIn(folder: string): string[] {
  const packed = execFileSync('npm', ['pack', '--json', '--silent'], {
    cwd: folder,
    encoding: 'utf8',
    // `prepack` is a script.
    env: { ...process.env, ...caches(), npm_config_ignore_scripts: 'false' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path).sort();
}

// All of node_modules is installed for it.
it.runIf(IS_WIDE)(
  '`npm pack` packs the code also in a clone in which nothing was installed or built',
  async () => {
    const clone = mkdtempSync(join(tmpdir(), 'prepack-'));
    try {
      const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
      for (const name of tracked.split('\0')) if (name) cpSync(join(ROOT, name), join(clone, name));
      const paths = packedIn(clone);
      expect(paths).toEqual((await packedBy(ROOT, '--dry-run')).paths);
      rmSync(join(clone, 'sdk/nodejs/bin'), { recursive: true });
      expect(packedIn(join(clone, 'sdk/nodejs'))).toContain('bin/index.js');
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  },
);
