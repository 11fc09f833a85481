import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { makeEnvironment } from '../environment.js';
import { findRoot } from '../root.js';
import { BLANK_PACKAGE, writeBlankPackage } from './blank-package.js';
import type { Bench } from './part.js';
import { watchMemory } from './process-tree.js';

/** Which provider serves the links of a stack. */
export type Side = 'ours' | 'blank' | 'plain';

export interface StackOptions {
  readonly side: Side;
  /** Code that declares the links with `imm`, `mps` and `Provider`; for the side `plain` the whole program. */
  readonly links: string;
  /** The address of the emulator. */
  readonly url?: string | undefined;
}

/** What one command of the CLI did. */
export interface TimedRun {
  readonly seconds: number;
  readonly code: number;
  readonly text: string;
  /** The most memory of all its processes together, in bytes; undefined where it was not measured. */
  readonly memory: number | undefined;
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
};

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
    writeFileSync(
      join(project, 'Pulumi.yaml'),
      'name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n',
    );
    if (side === 'blank') writeBlankPackage(join(scratch, 'node_modules'));
    writeFileSync(join(project, 'index.js'), IMPORTS[side] + links);
    await stack.#succeed(['stack', 'init', 'bench']);
    return stack;
  }

  get #project(): string {
    return join(this.#scratch, 'project');
  }

  /** Runs one operation, which must succeed, and times it. */
  async run(operation: OperationName, options: { readonly memory?: boolean } = {}): Promise<TimedRun> {
    return this.#succeed(OPERATIONS[operation], options.memory);
  }

  /** Runs one operation, which may fail. What it printed may hold a signed URL: it must not be shown. */
  attempt(operation: OperationName): Promise<TimedRun> {
    return this.#pulumi(OPERATIONS[operation], false);
  }

  /** Bytes of the state on disk. */
  stateSize(): number {
    return readFileSync(join(this.#scratch, 'state/.pulumi/stacks/bench/bench.json')).length;
  }

  remove(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  async #succeed(args: readonly string[], memory = false): Promise<TimedRun> {
    const run = await this.#pulumi(args, memory);
    if (run.code === 0) return run;
    const end = run.text.trimEnd().split('\n').slice(-20).join('\n');
    throw new Error(`pulumi ${args.join(' ')} ended with exit code ${run.code}:\n${end}`);
  }

  #pulumi(args: readonly string[], memory: boolean): Promise<TimedRun> {
    return new Promise((done, fail) => {
      const started = performance.now();
      const child = spawn('pulumi', [...args, '--non-interactive', '--color=never'], {
        cwd: this.#project,
        env: this.#environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const watch = memory && child.pid !== undefined ? watchMemory(child.pid) : undefined;
      let text = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
      }
      child.once('error', fail);
      child.once('close', (code) => {
        const elapsed = (performance.now() - started) / 1000;
        done({ seconds: elapsed, code: code ?? 1, text, memory: watch?.stop() });
      });
    });
  }
}
