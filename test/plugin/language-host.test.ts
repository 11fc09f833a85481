import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findToolchainWith } from '../../scripts/toolchain.js';

it('a language host of the tests ends when the command that has started it is gone', async ({ skip }) => {
  const host = join(await findToolchainWith(['yaml'], () => {}), 'codegen/pulumi-language-nodejs');
  if (!existsSync(host)) skip('the toolchain has no codegen');
  const folder = mkdtempSync(join(tmpdir(), 'language-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // The shell ends as soon as the host has said its port, as a CLI that was killed.
  const said = join(folder, 'port');
  const line = `'${host}' 127.0.0.1:1 >'${said}' 2>&1 & echo $!; until test -s '${said}'; do sleep 0.05; done`;
  const pid = Number(execFileSync('sh', ['-c', line], { encoding: 'utf8' }));
  const isThere = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isThere, { timeout: 10_000 }).toBe(false);
});
