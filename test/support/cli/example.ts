import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Emulator } from '../../../emulator/index.js';
import { Stack } from './stack.js';

const ROOT = resolve(__dirname, '../../..');

/** The example as it is, in a copy: the stack's file of settings must not land in the checkout. */
export async function stackOfExample(
  emulator: Emulator,
  example: string,
  config: Record<string, string> = {},
): Promise<Stack> {
  mkdirSync(join(ROOT, '.test'), { recursive: true });
  const copy = mkdtempSync(join(ROOT, '.test/run-'));
  const folder = join(copy, 'examples', example);
  cpSync(join(ROOT, 'examples', example), folder, {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
  // The example names the plugin by its place in the checkout.
  symlinkSync(join(ROOT, 'bin'), join(copy, 'bin'));
  const stack = await Stack.make({
    emulator,
    program: '',
    folder,
    config,
    passphrase: true,
  });
  // The program is the example's own.
  rmSync(join(folder, 'index.js'));
  return stack;
}

export function removeExample(stack: Stack): void {
  stack.remove();
  rmSync(resolve(stack.folder, '../..'), { recursive: true, force: true });
}
