import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const COPIED = [
  ...[
    'provider',
    'emulator',
    'cli',
    'scripts',
    'bench',
    'live',
    'docs',
    'sdk',
    'dist',
    'plugin',
    'package.json',
  ],
  ...['LICENSE', 'package-lock.json', 'tsconfig.json', 'biome.json', '.gitignore'],
];
/** `npm run generate` without its installing: what is installed is this checkout's. */
const GENERATE = `Promise.all([import('./scripts/set-up/build.mjs'), import('node:module')]).then(async ([{ build }, { createRequire }]) => {
  console.log('compiles before:', await build());
  await createRequire(process.cwd() + '/')('./dist/scripts/generate.js').main();
  console.log('compiles after:', await build());
});`;

/** What a process of a scratch copy gave. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A copy of this checkout in which a test adds resources. */
export class ScratchCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'new-resource-'));

  constructor(...more: readonly string[]) {
    for (const name of [...COPIED, ...more])
      cpSync(join(ROOT, name), join(this.root, name), { recursive: true });
    // Each by itself: whatever empties the folder takes links away, and nothing of this checkout.
    mkdirSync(join(this.root, 'node_modules'));
    for (const name of readdirSync(join(ROOT, 'node_modules')))
      symlinkSync(join(ROOT, 'node_modules', name), join(this.root, 'node_modules', name));
  }

  read(name: string): string {
    return readFileSync(join(this.root, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.root, name), text);
  }

  node(...args: readonly string[]): Ended {
    const env = { ...process.env, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      env,
      cwd: this.root,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, err: stderr };
  }

  generate(): Ended {
    return this.node('--eval', GENERATE);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
