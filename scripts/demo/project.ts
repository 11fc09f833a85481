import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findRoot } from '../root.js';

/** The program, as the root's Pulumi.yaml names it in `main`. */
const program = join('examples', 'media-library');

/** How often each action removes what the second program does not declare any more, and then what it declares. */
export const removals = {
  second: { DeleteBinding: 1, UnbindInputBucket: 1 },
  destroy: { DeleteBinding: 1, UnbindOutputBucket: 1, DeleteDataset: 1, DeleteProject: 1 },
} as const;

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
