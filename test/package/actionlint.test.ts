import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, type TestContext, vi } from 'vitest';
import { findToolchainWith } from '../../scripts/toolchain.js';

// It is compiled at the first time.
vi.setConfig({ testTimeout: 600_000 });

const ROOT = resolve(__dirname, '../..');
const WORKFLOWS = join(ROOT, '.github/workflows');
const run = promisify(execFile);

/** What actionlint finds wrong, one line each. */
async function lint(context: TestContext, files: readonly string[]): Promise<string> {
  const folder = await findToolchainWith(['actionlint'], () => {}).catch((error: Error) => error);
  if (folder instanceof Error) return context.skip(folder.message);
  // Without the linters of shell and Python that a machine may have or not.
  const args = ['-no-color', '-oneline', '-shellcheck=', '-pyflakes=', ...files];
  return run(join(folder, 'actionlint'), args, { cwd: ROOT }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}

it('actionlint finds nothing wrong with a workflow', async (context) => {
  const files = readdirSync(WORKFLOWS).map((name) => join(WORKFLOWS, name));
  expect(files.length).toBeGreaterThan(1);
  expect(await lint(context, files)).toBe('');
});

it('actionlint sees what would run a stranger’s words, and an input that an action does not know', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  try {
    const file = join(folder, 'wrong.yml');
    writeFileSync(file, WRONG);
    const found = await lint(context, [file]);
    expect(found).toContain('"github.event.pull_request.title" is potentially untrusted');
    expect(found).toContain('input "versions" is not defined in action "actions/setup-node@v4"');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const WRONG = `on: pull_request
jobs:
  wrong:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with: { versions: '22' }
      - run: echo \${{ github.event.pull_request.title }}
`;
