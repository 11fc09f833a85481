import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { makeEnvironment } from '../scripts/environment.js';
import { findRoot } from '../scripts/root.js';
import { BLANK_PACKAGE, writeBlankPackage } from './blank-package.js';
import type { Bench } from './part.js';
import { type Usage, watchProcesses } from './process-tree.js';

/** Which provider serves the links of a stack, and for what program. */
export type Side = 'ours' | 'blank' | 'plain' | 'plugin' | 'yaml';

export interface StackOptions {
  readonly side: Side;
  /** Code that declares the links with `imm`, `mps` and `Provider`; for `plain` and `yaml` the whole program. */
  readonly links: string;
  /** The address of the emulator. */
  readonly url?: string | undefined;
}

/** What one command of the CLI did. */
export interface TimedRun {
  readonly seconds: number;
  readonly code: number;
  readonly text: string;
  /** What its processes took; undefined where it was not measured. */
  readonly usage: Usage | undefined;
}

const OPERATIONS = {
  up: ['up', '--yes', '--skip-preview'],
  preview: ['preview'],
  refresh: ['refresh', '--yes', '--skip-preview'],
  destroy: ['destroy', '--yes', '--skip-preview'],
} as const;

export type OperationName = keyof typeof OPERATIONS;

const importFrom = (name: string) => `const { imm, mps, Provider } = require('${name}');\n`;

const IMPORTS: Readonly<Record<Side, string>> = {
  ours: importFrom('pulumi-alicloud-media'),
  blank: importFrom(BLANK_PACKAGE),
  plain: '',
  plugin: importFrom('pulumi-alicloud-media-plugin'),
  yaml: '',
};

const NODE = 'runtime:\n  name: nodejs\n  options:\n    typescript: false\n';
/** From the project, which is a folder of the scratch folder. */
const PLUGINS = 'plugins:\n  providers:\n    - name: alicloud-media\n      path: ../../../bin\n';

/** The files of a program on this side. */
function filesOf(side: Side, links: string): Readonly<Record<string, string>> {
  const isPlugin = side === 'plugin' || side === 'yaml';
  const head = `name: bench\n${side === 'yaml' ? 'runtime: yaml\n' : NODE}${isPlugin ? PLUGINS : ''}`;
  if (side === 'yaml') return { 'Pulumi.yaml': head + links };
  return { 'Pulumi.yaml': head, 'index.js': IMPORTS[side] + links };
}

/** A scratch folder below the clone, so that a program there finds the package as it does in a project. */
export function scratchFolder(): string {
  const parent = join(findRoot(), '.test');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'bench-'));
}

/** A fresh stack on the real CLI, with a home and a state folder of its own. */
export class BenchStack {
  readonly #scratch: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(scratch: string, environment: NodeJS.ProcessEnv) {
    this.#scratch = scratch;
    this.#environment = environment;
  }

  static async make({ toolchain }: Bench, { side, links, url }: StackOptions): Promise<BenchStack> {
    const scratch = scratchFolder();
    const environment = makeEnvironment({ folder: scratch, toolchain, url });
    const stack = new BenchStack(scratch, environment);
    const project = stack.#project;
    mkdirSync(project);
    // Without it the program would be the `main` of the clone's own package.
    writeFileSync(join(project, 'package.json'), '{"private":true}\n');
    if (side === 'blank') writeBlankPackage(join(scratch, 'node_modules'));
    for (const [name, text] of Object.entries(filesOf(side, links))) writeFileSync(join(project, name), text);
    await stack.#succeed(['stack', 'init', 'bench']);
    return stack;
  }

  get #project(): string {
    return join(this.#scratch, 'project');
  }

  /** Runs one operation, which must succeed, and times it. */
  async run(
    operation: OperationName,
    { usage = false, parallel }: { readonly usage?: boolean; readonly parallel?: number } = {},
  ): Promise<TimedRun> {
    const args = parallel === undefined ? [] : [`--parallel=${parallel}`];
    return this.#succeed([...OPERATIONS[operation], ...args], usage);
  }

  /** Runs one operation, which may fail. What it printed may hold a signed URL: it must not be shown. */
  attempt(operation: OperationName): Promise<TimedRun> {
    return this.#pulumi(OPERATIONS[operation], false);
  }

  /** Bytes of the state on disk. */
  stateSize(): number {
    return this.#state().length;
  }

  /** The resources in the state. */
  resources(): readonly Readonly<Record<string, unknown>>[] {
    return JSON.parse(this.#state().toString()).checkpoint.latest.resources;
  }

  #state(): Buffer {
    return readFileSync(join(this.#scratch, 'state/.pulumi/stacks/bench/bench.json'));
  }

  remove(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  async #succeed(args: readonly string[], usage = false): Promise<TimedRun> {
    const run = await this.#pulumi(args, usage);
    if (run.code === 0) return run;
    const end = run.text.trimEnd().split('\n').slice(-20).join('\n');
    throw new Error(`pulumi ${args.join(' ')} ended with exit code ${run.code}:\n${end}`);
  }

  #pulumi(args: readonly string[], usage: boolean): Promise<TimedRun> {
    return new Promise((done, fail) => {
      const started = performance.now();
      const child = spawn('pulumi', [...args, '--non-interactive', '--color=never'], {
        cwd: this.#project,
        env: this.#environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const watch = usage && child.pid !== undefined ? watchProcesses(child.pid) : undefined;
      let text = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
      }
      child.once('error', fail);
      child.once('close', (code) => {
        const elapsed = (performance.now() - started) / 1000;
        done({ seconds: elapsed, code: code ?? 1, text, usage: watch?.stop() });
      });
    });
  }
}
