// What `tsc --build` does not do by itself: remove what no source makes any more, and see what file times hide.
import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { installed } from './modules.mjs';
import { root, run } from './say.mjs';

/** The package, and the Node.js SDK of its provider plugin. */
const projects = [
  { folder: root, output: join(root, 'dist') },
  { folder: join(root, 'sdk', 'nodejs'), output: join(root, 'sdk', 'nodejs', 'bin') },
];

/** Returns whether the sources compile, and the plugin could be bundled. */
export async function build() {
  const tsc = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc');
  const started = new Date();
  // Whatever day it is, a package brings its types with the times of 1985.
  const force = projects.some((project) => timeOf(notesOf(project)) < timeOf(installed));
  const args = [tsc, '--build', ...(force ? ['--force'] : []), ...projects.map(({ folder }) => folder)];
  const done = await run('tsc --build', process.execPath, args);
  for (const project of projects) {
    removeStale(project);
    // A source that was saved while tsc ran must look newer than what tsc made of it.
    if (timeOf(notesOf(project)) > started.getTime()) utimesSync(notesOf(project), started, started);
  }
  copyConsole();
  return (await bundle()) && done;
}

/** The files of the emulator's console are what a browser loads: they go as they are to where the compiled emulator looks. */
function copyConsole() {
  const [from, to] = [root, join(root, 'dist')].map((above) => join(above, 'emulator', 'console', 'browser'));
  rmSync(to, { recursive: true, force: true });
  if (!existsSync(from)) return;
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.json') });
}

const notesOf = ({ output }) => join(output, 'tsconfig.tsbuildinfo');
/** NaN, and so neither older nor newer, where there is none. */
const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;

/** The output of a source that is gone must not be loaded or packed by accident. */
function removeStale({ folder, output }) {
  for (const name of readdirSync(output, { recursive: true })) {
    const source = name.replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
    if (source !== name && !existsSync(join(folder, source))) rmSync(join(output, name));
  }
}
