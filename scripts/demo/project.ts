import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findRoot } from '../root.js';

/** The program, as the root's Pulumi.yaml names it in `main`. */
const program = join('examples', 'media-stack');

/** What the program expects to find; the demo makes them before the first `up`. */
export const imm = { project: 'media', dataset: 'videos' };

/** The first program declares one dataset binding and two output buckets, the second one output bucket. */
export const declared = {
  bindings: 1,
  outputBuckets: 2,
  removedByTheSecond: { bindings: 1, outputBuckets: 1 },
};

export interface DemoProject {
  /** Holds Pulumi.yaml, the program, and the folders the environment adds. */
  readonly folder: string;
  useSecondProgram(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * A copy of the root's Pulumi.yaml and the example, inside the clone: so that the demo can change the program, and
 * node_modules is still found in a parent folder.
 */
export async function copyProject(): Promise<DemoProject> {
  const root = findRoot();
  const parent = join(root, '.demo');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'run-'));
  for (const name of ['Pulumi.yaml', 'tsconfig.json']) {
    if (existsSync(join(root, name))) await copyFile(join(root, name), join(folder, name));
  }
  await cp(join(root, program), join(folder, program), {
    recursive: true,
    filter: (path) => basename(path) !== 'node_modules',
  });
  return {
    folder,
    useSecondProgram: () =>
      copyFile(join(folder, program, 'step2', 'index.ts'), join(folder, program, 'index.ts')),
    async remove() {
      await rm(folder, { recursive: true, force: true });
      // Another demo may still run in its own folder there.
      await rmdir(parent).catch(() => {});
    },
  };
}
