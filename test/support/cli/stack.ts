import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Emulator } from '../../../emulator/index.js';
import { makeEnvironment } from '../../../scripts/environment.js';
import { findToolchainWith } from '../../../scripts/toolchain.js';
import { VAULT, vaultEnvironment } from '../servers/vault.js';
import { ResidentProgram } from './resident-program/resident-program.js';

const ROOT = resolve(__dirname, '../../..');

/** What a program requires. */
const SDKS: Readonly<Record<Host, string>> = {
  dynamic: 'pulumi-alicloud-media',
  plugin: 'pulumi-alicloud-media-plugin',
};

/** What a command costs beside its work, left out. */
const CHEAP: NodeJS.ProcessEnv = {
  // Each process of Node would read the machine's own authorities at its start, and no certificate comes up here.
  NODE_EXTRA_CA_CERTS: undefined,
  // The engine has ended before it pays to collect garbage as often as a server does.
  GOGC: '400',
  // test/tsconfig.json has all programs in TypeScript: each command would check their types once more.
  PULUMI_NODEJS_TRANSPILE_ONLY: 'true',
};

/** Where a project below the checkout finds the provider plugin. */
export const PLUGINS = 'plugins:\n  providers:\n    - name: alicloud-media\n      path: ../../bin\n';

/** What one command of the CLI did. */
export interface Run {
  readonly code: number | null;
  /** Everything it printed, without colours. */
  readonly text: string;
}

/** A command of the CLI that is under way. */
export interface Running {
  /** The engine's own process. */
  readonly engine: number;
  readonly ended: Promise<Run>;
  /** Until it has printed this; fails where it ends without. */
  printed(text: string): Promise<void>;
}

/** The ids that the lines `ALICLOUD_MEDIA_ADOPT='…'` of an output name, each once. */
export function adoptLines(text: string): readonly string[] {
  const ids = [...text.matchAll(/^ +ALICLOUD_MEDIA_ADOPT='(.+)'$/gm)].map(([, id]) => id ?? '');
  return [...new Set(ids)].sort();
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** What a stack's state holds. */
export interface Deployment {
  readonly resources?: readonly ResourceState[];
  /** What was under way when the engine ended. */
  readonly pending_operations?: readonly unknown[];
}

export interface StackOptions {
  readonly emulator: Emulator;
  /** The program: CommonJS, in the folder of a project from which the package resolves. */
  readonly program: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly secretConfig?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder of the project, where not one of its own below the checkout. */
  readonly folder?: string;
  /** What serves the resources; Pulumi's dynamic-provider process without it. */
  readonly host?: Host;
  /** The program's process stays from one command to the next, for a test that runs many. */
  readonly resident?: boolean;
  /** The passphrase of the environment encrypts the secrets of the state, as it does where no provider is named. */
  readonly passphrase?: boolean;
}

export type Host = 'dynamic' | 'plugin';

/** A stack of its own on the real CLI, against the emulator. */
export class Stack {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Everything that every command of this stack printed. */
  printed = '';

  readonly host: Host;
  readonly #isResident: boolean;
  #resident: Promise<ResidentProgram> | undefined;

  private constructor(folder: string, environment: NodeJS.ProcessEnv, host: Host, isResident: boolean) {
    this.folder = folder;
    this.environment = environment;
    this.host = host;
    this.#isResident = isResident;
  }

  static async make(options: StackOptions): Promise<Stack> {
    const own = options.folder === undefined;
    // Below the checkout, so that `require('pulumi-alicloud-media')` finds the package as it does in a project.
    mkdirSync(join(ROOT, '.test'), { recursive: true });
    const folder = options.folder ?? mkdtempSync(join(ROOT, '.test/stack-'));
    const environment = {
      ...makeEnvironment({
        folder: mkdtempSync(join(ROOT, '.test/home-')),
        toolchain: await findToolchainWith(['yaml'], () => {}),
        url: options.emulator.url,
      }),
      ...CHEAP,
      ...(options.passphrase ? {} : await vaultEnvironment()),
      ...options.environment,
    };
    const stack = new Stack(folder, environment, options.host ?? 'dynamic', options.resident ?? false);
    if (own) {
      // Without it the program would be the `main` of the checkout's own package.
      writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
      writeFileSync(
        join(folder, 'Pulumi.yaml'),
        `name: lifecycle\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n${PLUGINS}`,
      );
    }
    stack.write(options.program);
    const config = { 'alicloud-media:consistencyWindow': '0', ...options.config };
    // JSON is YAML. Each `pulumi config set` would be a command more.
    stack.file('Pulumi.test.yaml', JSON.stringify({ config }));
    const provider = options.passphrase ? 'passphrase' : VAULT;
    await stack.succeed('stack', 'init', 'test', `--secrets-provider=${provider}`);
    if (options.secretConfig !== undefined) await stack.configure('--secret', options.secretConfig);
    return stack;
  }

  /** Sets keys of the configuration, all in one command. */
  async configure(how: '--secret' | '--plaintext', config: Readonly<Record<string, string>>): Promise<void> {
    const keys = Object.entries(config).flatMap(([key, value]) => [how, `${key}=${value}`]);
    await this.succeed('config', 'set-all', ...keys);
  }

  /** Writes the program. `imm`, `mps`, `Provider` and `pulumi` are there already. */
  write(program: string): void {
    writeFileSync(
      join(this.folder, 'index.js'),
      `const pulumi = require('@pulumi/pulumi');\nconst { imm, mps, Provider } = require('${SDKS[this.host]}');\n${program}\n`,
    );
  }

  /** Puts another file beside the program. */
  file(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Runs `pulumi`; `environment` is for this one run. */
  async run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.start([...args, ...(await this.#client(args, environment))], environment).ended;
  }

  /** Where the program is, for a command that runs it in no other environment than the stack's. */
  async #client(
    [command = '']: readonly string[],
    environment: NodeJS.ProcessEnv,
  ): Promise<readonly string[]> {
    const isAnother = Object.keys(environment).length > 0;
    if (!this.#isResident || isAnother || !['up', 'preview'].includes(command)) return [];
    this.#resident ??= ResidentProgram.start(this.folder, this.environment);
    return [(await this.#resident).flag];
  }

  /** Starts `pulumi`, so that a test can send it signals. */
  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
    const child = spawn('pulumi', [...args, '--non-interactive', '--color=never'], {
      cwd: this.folder,
      env: { ...this.environment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const ended = new Promise<Run>((done, fail) => {
      const take = (data: Buffer) => {
        text += data.toString();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', fail);
      child.on('close', (code) => {
        this.printed += text;
        done({ code, text });
      });
    });
    const printed = (wanted: string) =>
      new Promise<void>((done, fail) => {
        const look = () => {
          if (text.includes(wanted)) done();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('close', () => fail(new Error(`it ended without "${wanted}":\n${text}`)));
        look();
      });
    // A command that could not be started has no process; `ended` says why.
    return { engine: child.pid ?? 0, ended, printed };
  }

  async succeed(...args: string[]): Promise<string> {
    const { code, text } = await this.run(args);
    expect(code, text).toBe(0);
    return text;
  }

  async fail(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, text } = await this.run(args, environment);
    expect(code, text).not.toBe(0);
    return text;
  }

  up(...args: string[]): Promise<string> {
    return this.succeed('up', '--yes', '--skip-preview', ...args);
  }

  refresh(...args: string[]): Promise<string> {
    return this.succeed('refresh', '--yes', '--skip-preview', ...args);
  }

  destroy(...args: string[]): Promise<string> {
    return this.succeed('destroy', '--yes', '--skip-preview', ...args);
  }

  /**
   * The promise after every step: nothing is left to do, whether the engine refreshes first or not. A refresh that
   * would change nothing, asked for by itself, costs half of a preview that refreshes; `together` takes that one.
   */
  async settled(how?: 'together'): Promise<void> {
    const refresh = how === 'together' ? ['preview', '--refresh'] : ['refresh', '--preview-only'];
    for (const command of [['preview'], refresh]) {
      const { code, text } = await this.run([...command, '--expect-no-changes']);
      expect(code, text).toBe(0);
    }
  }

  /** The stack's state as `pulumi stack export` gives it. */
  async exported(): Promise<string> {
    return this.succeed('stack', 'export');
  }

  /** The file in which the backend keeps the state. */
  get checkpoint(): string {
    const stacks = join(fileURLToPath(this.environment.PULUMI_BACKEND_URL ?? ''), '.pulumi/stacks');
    // The one project of this stack's own backend.
    const [project = ''] = readdirSync(stacks);
    return join(stacks, project, 'test.json');
  }

  /**
   * What a person does after the engine was killed: takes its lock away. If it was killed while it wrote the state, a
   * command says `failed to load checkpoint`; docs/reference/reliability.md has what is done here.
   */
  async unlock(): Promise<void> {
    const attributes = `${this.checkpoint}.attrs`;
    if (!isJson(attributes)) rmSync(attributes, { force: true });
    if (!isJson(this.checkpoint)) renameSync(`${this.checkpoint}.bak`, this.checkpoint);
    await this.succeed('cancel', '--yes');
  }

  /** The stack's state, from the backend's own file: a command of the CLI for it would only take longer. */
  get deployment(): Deployment {
    const { checkpoint } = JSON.parse(readFileSync(this.checkpoint, 'utf8')) as {
      checkpoint: { latest?: Deployment };
    };
    return checkpoint.latest ?? {};
  }

  /** The links in the state. */
  async links(): Promise<readonly ResourceState[]> {
    return (this.deployment.resources ?? []).filter(({ type }) =>
      /(?<!^pulumi:providers:)alicloud-media/.test(type),
    );
  }

  /** The stack's outputs, as its last update left them. */
  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.succeed('stack', 'output', '--json')) as Record<string, unknown>;
  }

  remove(): void {
    // One that did not start has said so where it was wanted.
    void this.#resident?.then((program) => program.stop()).catch(() => {});
    rmSync(this.folder, { recursive: true, force: true });
    const { HOME } = this.environment;
    if (HOME?.startsWith(join(ROOT, '.test'))) rmSync(resolve(HOME, '..'), { recursive: true, force: true });
  }
}
