import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findRoot } from '../../../scripts/root.js';

const toolchain = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs'];

test('`npm run -s toolchain` prints the folder as its last line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'toolchain-output-'));
  try {
    for (const name of toolchain) {
      writeFileSync(join(folder, name), '#!/bin/sh\necho v3.300.0\n');
      chmodSync(join(folder, name), 0o755);
    }
    const { PULUMI_ALICLOUD_MEDIA_TOOLCHAIN_FOLDER: _, ...env } = process.env;
    const PATH = [folder, process.env.PATH].join(delimiter);
    const script = join(findRoot(), 'scripts', 'run.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script, 'toolchain'], {
      env: { ...env, PATH },
    });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
