import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { npmAbove } from '../../../cli/emulator/npm-above.js';
import { processesBelow } from '../../support/cli/processes.js';

const ROOT = resolve(__dirname, '../../..');
const NAME = 'pulumi-alicloud-media';
/** npm takes its time to start. */
const LIMIT = { timeout: 30_000 };

let folder: string;
/** What a test leaves, also one that fails. */
const started: number[] = [];

/** A project that has the package as npm links what it installs. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-ending-'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `{"private":true,"dependencies":{"${NAME}":"*"}}\n`);
  symlinkSync(ROOT, join(folder, 'node_modules', NAME));
  // npm makes executable what it links; the compiler does not.
  const main = JSON.stringify(join(ROOT, 'dist/cli/main.js'));
  const bin = join(folder, 'node_modules/.bin', NAME);
  writeFileSync(bin, `#!/usr/bin/env node\nrequire(${main});\n`, { mode: 0o755 });
});
afterEach(() => {
  for (const pid of started.splice(0)) end(pid);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts a line in a session of its own, as in the background of a shell, and waits for the emulator. */
async function start(line: string): Promise<Running> {
  const child = spawn('bash', ['-c', line], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await expect.poll(() => text, { timeout: 15_000 }).toContain('/_emulator/health');
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  started.push(child.pid ?? 0, ...processesBelow(child.pid ?? 0).map(({ pid }) => pid));
  return { child, url };
}

const answers = (url: string) =>
  fetch(`${url}/_emulator/health`).then(
    ({ ok }) => ok,
    () => false,
  );

it.for(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGKILL'] as const)(
  'ends, and frees its port and its state, when %s ends the npx that has started it',
  LIMIT,
  async (signal) => {
    const state = join(folder, `${signal}.json`);
    const { child, url } = await start(`exec npx --no ${NAME} emulator --port 0 --state ${state}`);
    expect(existsSync(`${state}.lock`)).toBe(true);
    // Ctrl-C goes to all that a terminal runs; npm leaves it to what it has started.
    process.kill(signal === 'SIGINT' ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
    await expect.poll(() => answers(url), { timeout: 5_000 }).toBe(false);
    await expect.poll(() => existsSync(`${state}.lock`), { timeout: 5_000 }).toBe(false);
  },
);

it('ends with an npx that a shell has in its background', LIMIT, async () => {
  const { child, url } = await start(`npx --no ${NAME} emulator --port 0 & wait`);
  const npx = processesBelow(child.pid ?? 0).find(({ command }) => command.startsWith('npm exec'));
  expect(npx).toBeDefined();
  process.kill(npx?.pid ?? 0, 'SIGTERM');
  await expect.poll(() => answers(url), { timeout: 5_000 }).toBe(false);
});

it('looks at the npm that has started it, over the shell of npm, and at no other process', () => {
  const environment = { PATH: process.env.PATH };
  const print = `'${process.execPath}' -p 'require("${join(ROOT, 'dist/cli/emulator/npm-above.js')}").npmAbove()'`;
  // With `true` after it, since some shells become the last command that they run.
  const byShell = (env: NodeJS.ProcessEnv) =>
    execFileSync('sh', ['-c', `${print}; true`], { encoding: 'utf8', env }).trim();
  const itself = (env: NodeJS.ProcessEnv) =>
    execFileSync('bash', ['-c', `exec ${print}`], { encoding: 'utf8', env }).trim();
  for (const run of [byShell, itself]) {
    expect(run({ ...environment, npm_command: 'exec' })).toBe(String(process.pid));
    // As under nohup, systemd or in a container.
    expect(run(environment)).toBe('undefined');
  }
  expect(npmAbove({ npm_command: 'exec' }, 1)).toBeUndefined();
});
