import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../emulator/index.js';
import { TEST_KEY } from '../emulator/test-key.js';
import { callTable, type StepCalls } from './demo/calls.js';
import { runPulumi } from './demo/engine.js';
import { guideOf, type ShownStep } from './demo/guide.js';
import { treesOf } from './demo/order.js';
import { orderPicture } from './demo/order-picture.js';
import { teardownLines, terminalPicture } from './demo/picture.js';
import { copyProject, type DemoProject, removals } from './demo/project.js';
import { faultsOf } from './demo/verdict.js';
import { makeEnvironment } from './environment.js';
import { findRoot } from './root.js';
import { THEMES } from './svg.js';
import { findToolchain } from './toolchain.js';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const secondsSince = (started: number): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;

interface Step {
  readonly name: string;
  readonly args: readonly string[];
  /** Done before the step. */
  readonly prepare?: (project: DemoProject) => Promise<void>;
  /** What the engine's output must show. */
  readonly shows?: RegExp;
}

const deletes = Object.values(removals.second).reduce((sum, count) => sum + count, 0);

const steps: readonly Step[] = [
  { name: 'new stack', args: ['stack', 'init', 'demo'] },
  { name: 'up', args: ['up', '--yes'] },
  { name: 'preview without changes', args: ['preview', '--expect-no-changes'] },
  {
    name: 'preview of the removal',
    args: ['preview'],
    prepare: (project) => {
      say('One binding and the input bucket are taken out of the program.');
      return project.useSecondProgram();
    },
    shows: new RegExp(`\\b${deletes} to delete\\b`),
  },
  { name: 'up with the removal', args: ['up', '--yes'], shows: new RegExp(`\\b${deletes} deleted\\b`) },
  { name: 'destroy', args: ['destroy', '--yes'] },
];

const expectedRemovals = { 'up with the removal': removals.second, destroy: removals.destroy };

/** The main job on the embedded emulator, with the real engine. `--picture` draws its destroy for README and the guide. */
export async function main(given: readonly string[]): Promise<number> {
  const toolchain = await findToolchain(say);
  const started = Date.now();
  const emulator = await startEmulator({ port: 0, keys: [TEST_KEY] });
  const project = await copyProject();
  try {
    say(`The emulator of IMM and MPS listens on ${emulator.url}; nothing here reaches Alibaba Cloud.`);
    const env = makeEnvironment({ folder: project.folder, toolchain, url: emulator.url });
    const done: ShownStep[] = [];
    const faults = await runSteps(project, emulator, env, done);
    report(done);
    if (faults.length === 0) faults.push(...faultsOf(done, expectedRemovals));
    const left = emulator.links();
    if (left.length > 0) faults.push(`the emulator still holds ${left.join(', ')}`);
    if (faults.length === 0 && given.includes('--picture')) await draw(done);
    return await conclude(faults, project, started);
  } finally {
    await emulator.close();
  }
}

/** Draws the pictures of README and of the guide, and writes into the guide what was printed: all of this run. */
async function draw(done: readonly ShownStep[]): Promise<void> {
  const docs = join(findRoot(), 'docs');
  const lines = teardownLines(done.at(-1)?.text ?? '');
  for (const [name, theme] of Object.entries(THEMES)) {
    const picture = terminalPicture('pulumi destroy --yes', lines, theme);
    await writeFile(join(docs, `pictures/teardown-${name}.svg`), picture);
  }
  const removal = done.slice(-3);
  const trees = treesOf(removal);
  await writeFile(join(docs, 'pictures/teardown-order.svg'), orderPicture(trees));
  const guide = join(docs, 'guides/teardown.md');
  await writeFile(guide, guideOf(await readFile(guide, 'utf8'), removal));
}

/** Runs the steps up to the first that fails; `done` gets what each did. */
async function runSteps(
  project: DemoProject,
  emulator: Emulator,
  env: NodeJS.ProcessEnv,
  done: ShownStep[],
): Promise<string[]> {
  for (const { name, args, prepare, shows } of steps) {
    say(`\n== ${name}: pulumi ${args.join(' ')}`);
    const started = Date.now();
    const before = emulator.journal().length;
    await prepare?.(project);
    const { code, text } = await runPulumi(args, project.folder, env);
    done.push({ step: name, args, calls: emulator.journal().slice(before), text });
    say(`== ${name}: ${secondsSince(started)}`);
    if (code !== 0) return [`${name}: pulumi ended with exit code ${code}`];
    if (shows && !shows.test(text)) return [`${name}: the engine did not show ${shows}`];
  }
  return [];
}

function report(done: readonly StepCalls[]): void {
  say('\nAPI calls the emulator received (this was the emulator, not Alibaba Cloud).');
  say('A look before a create ends with ResourceNotFound: nothing is there yet.\n');
  for (const line of callTable(done)) say(line);
  say('');
}

async function conclude(faults: readonly string[], project: DemoProject, started: number): Promise<number> {
  if (faults.length > 0) {
    for (const fault of faults) say(`FAILED: ${fault}`);
    say(`The project and its state are kept in ${project.folder}`);
    return 1;
  }
  await project.remove();
  say(
    'OK: the emulator is empty; all that the stack made was removed by the stack, once, and from the leaves up.',
  );
  say(`The demo took ${secondsSince(started)}. It ran on the emulator, with the documented test key.`);
  return 0;
}
