import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRoot } from '../../../scripts/root.js';

/** What a run printed, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Locked {
  readonly version?: string;
  readonly [key: string]: unknown;
}

const ROOT = findRoot();
/** What a build asks for: that of the checkout. */
const TOOLS = ['node_modules/typescript', 'node_modules/esbuild'] as const;

/**
 * Stands for npm where a test says what npm finds: it installs what the lock file names but for what NOT names, and
 * counts its calls in a file. One that fails has no registry.
 */
const NPM = `
const fs = require('node:fs');
fs.appendFileSync('npm-calls.txt', process.argv.slice(2).join(' ') + '\\n');
fs.rmSync('node_modules', { recursive: true, force: true });
if (process.env.NPM === 'fails') process.exit(1);
const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
const tools = ${JSON.stringify(TOOLS)};
for (const name of Object.keys(packages)) {
  if (!name || name === process.env.NOT) delete packages[name];
  else fs.mkdirSync(require('node:path').dirname(name), { recursive: true });
  if (tools.includes(name)) fs.symlinkSync(require('node:path').join(${JSON.stringify(ROOT)}, name), name, 'junction');
  else if (packages[name]) fs.mkdirSync(name, { recursive: true });
}
fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

/** A clone of a small project that is set up as this one is. */
export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'set-up-test-'));

  constructor() {
    cpSync(join(ROOT, 'scripts', 'run.mjs'), this.#path('scripts/run.mjs'));
    cpSync(join(ROOT, 'scripts', 'set-up'), this.#path('scripts/set-up'), { recursive: true });
    this.write('npm-cli.js', NPM);
    this.write('package.json', JSON.stringify({ name: 'small', private: true }));
    this.lock({});
    const { compilerOptions: own } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    // With the smallest library and no types of Node.js, a build takes a second.
    const compilerOptions = { ...own, types: [], lib: ['es5'] };
    this.write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions, include: ['scripts/**/*.ts', 'provider'] }),
    );
    const sdk = { ...compilerOptions, outDir: 'bin' };
    this.write('sdk/nodejs/tsconfig.json', JSON.stringify({ compilerOptions: sdk, include: ['*.ts'] }));
    this.write('sdk/nodejs/index.ts', 'export const sdk = true;\n');
    this.says('fresh');
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.#path(name)), { recursive: true });
    writeFileSync(this.#path(name), text);
  }

  /** Gives each task a source that says a word and ends well. */
  says(word: string): void {
    const source = `declare const console: { log(text: string): void };\nexport function main(): number {\n  console.log('${word}');\n  return 0;\n}\n`;
    for (const task of ['demo', 'test']) this.write(`scripts/${task}.ts`, source);
  }

  lock(more: Readonly<Record<string, Locked>>): void {
    const tools = Object.fromEntries(TOOLS.map((name) => [name, { version: '1.0.0' }]));
    const packages = { '': { name: 'small' }, ...tools, ...more };
    this.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
  }

  read(name: string): string {
    return readFileSync(this.#path(name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(this.#path(name));
  }

  remove(...names: string[]): void {
    for (const name of names.length === 0 ? [''] : names)
      rmSync(this.#path(name), { recursive: true, force: true });
  }

  /** How often npm was called. */
  installs(): number {
    return this.has('npm-calls.txt')
      ? readFileSync(this.#path('npm-calls.txt'), 'utf8').trim().split('\n').length
      : 0;
  }

  /** `node scripts/run.mjs <task>`. */
  run(task: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
    return this.#node([this.#path('scripts/run.mjs'), task], env);
  }

  /** The first part of a run alone. */
  async install(env: NodeJS.ProcessEnv = {}): Promise<void> {
    const program = "import('./scripts/set-up/modules.mjs').then(({ install }) => install())";
    const { code, stderr } = await this.#node(['--eval', program], env);
    if (code !== 0) throw new Error(stderr);
  }

  #node(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: { ...process.env, npm_execpath: this.#path('npm-cli.js'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  }
}
