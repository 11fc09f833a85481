import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEnvironment } from './environment.js';
import { findRoot } from './root.js';
import { countTests } from './test/count.js';
import { processorTimes } from './test/processor-times.js';
import { findToolchainForTests } from './test/toolchain.js';
import { folderVariable } from './toolchain.js';

interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

const root = findRoot();
const tool = {
  biome: join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
  tsc: join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  vitest: join(root, 'node_modules', 'vitest', 'vitest.mjs'),
};

/** How much is tested, by the option that asks for it: what takes long is done in corners, in more of it, or whole. */
const EXTENTS: Readonly<Record<string, string>> = { '--wide': 'wide', '--full': 'full' };
/** Only what a person waits for after each change: nothing that drives the Pulumi CLI. */
const CHECK = '--check';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/**
 * Everything that checks the project, to the end even after a failure. With `--wide` and `--full` more, and all, of what
 * `npm test` does in its corners; with `--check` the unit tests alone. Other arguments go on to vitest.
 */
export async function main(given: readonly string[]): Promise<number> {
  const isCheck = given.includes(CHECK);
  const others = given.filter((argument) => EXTENTS[argument] === undefined && argument !== CHECK);
  const args = isCheck ? ['--project', 'unit', ...others] : others;
  const extent = given.map((argument) => EXTENTS[argument]).findLast((name) => name !== undefined);
  const started = Date.now();
  const scratch = await mkdtemp(join(tmpdir(), 'pulumi-alicloud-media-test-'));
  try {
    const tallies: Tally[] = [];
    const toolchain = isCheck ? undefined : await timed('toolchain', toolchainOrWhy);
    if (!isCheck) tallies.push(one('toolchain', toolchain !== undefined));
    const env = {
      ...makeEnvironment({ folder: scratch, toolchain }),
      // What a test that was killed leaves behind goes with the rest.
      TMPDIR: await mkdtemp(join(scratch, 'tmp-')),
      // vitest colours its output wherever CI is set, also into a file.
      ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
      VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
      PULUMI_ALICLOUD_MEDIA_TESTS: extent ?? 'corners',
      ...(toolchain === undefined ? {} : { [folderVariable]: toolchain }),
    };
    const check = async (name: string, command: string, ...rest: string[]): Promise<void> => {
      tallies.push(one(name, (await timed(name, () => run(command, rest, env))) === 0));
    };
    const colors = process.stdout.isTTY ? 'force' : 'off';
    await check('format and lint', tool.biome, 'ci', '--error-on-warnings', `--colors=${colors}`);
    // Those of the sources, too.
    await check('types', tool.tsc, '-p', 'test');
    await check('types of the console', tool.tsc, '-p', 'emulator/console/browser');
    const times = join(scratch, 'times');
    tallies.push(
      await timed('tests', () =>
        runTests(join(scratch, 'vitest.json'), args, { ...env, PULUMI_ALICLOUD_MEDIA_TIMES: times }),
      ),
    );
    for (const line of processorTimes(await readFile(times, 'utf8').catch(() => ''))) say(line);
    say(`\n== all: ${((Date.now() - started) / 60_000).toFixed(1)} min`);
    return conclude(tallies);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function toolchainOrWhy(): Promise<string | undefined> {
  return findToolchainForTests(say).catch((error: unknown) => {
    say(`error: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
}

function one(name: string, good: boolean): Tally {
  return { name, passed: good ? 1 : 0, failed: good ? 0 : 1 };
}

async function runTests(report: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Tally> {
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(tool.vitest, ['run', ...reporters, ...args], env);
  const text = await readFile(report, 'utf8').catch(() => '');
  return { name: 'tests', ...countTests(text, code) };
}

async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  say(`\n== ${name}`);
  const started = Date.now();
  const result = await work();
  say(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', (error) => {
      say(`error: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The last line is read by machines: keep its form. */
function conclude(tallies: readonly Tally[]): number {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  say('');
  for (const tally of tallies) say(`${tally.failed === 0 ? 'ok    ' : 'FAILED'} ${tally.name}`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
