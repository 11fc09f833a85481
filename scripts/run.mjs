// Runs one task on a fresh clone: `npm ci`, `tsc --build`, the bundle of the plugin, then main() of dist/scripts/<task>.js,
// or of dist/<task>/main.js where the task has a folder of its own. The task `build` ends before that. Plain JavaScript and
// Node's built-ins only, here and in set-up/: nothing else is there before this has run.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from './set-up/build.mjs';
import { install } from './set-up/modules.mjs';
import { root, SetUpFailed, say } from './set-up/say.mjs';
import { inTurn } from './set-up/turn.mjs';

const tasks = [
  'api',
  'bench',
  'build',
  'compatibility',
  'console-picture',
  'demo',
  'generate',
  'live',
  'model',
  'new-resource',
  'package',
  'release',
  'test',
  'toolchain',
];
const withFolder = ['bench', 'live'];
/** `npm test` is to report every failure and not only the first, and `npm run generate` writes what may be missing. */
const goOn = ['test', 'generate'];
const BROKEN = 'the sources do not compile (see above).';

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetUpFailed(`Node ${process.versions.node} is too old: this project needs Node 20.19 or newer.`);
}

const [task, ...args] = process.argv.slice(2);
try {
  if (!tasks.includes(task))
    throw new SetUpFailed(`usage: node scripts/run.mjs ${tasks.join('|')} [arguments]`);
  checkNode();
  await inTurn(async () => {
    await install();
    // The compiler leaves what it could make of sources that do not compile.
    if (!(await build()) && !goOn.includes(task)) throw new SetUpFailed(BROKEN);
  });
  if (task !== 'build') {
    const { main } = createRequire(import.meta.url)(
      join(root, 'dist', ...(withFolder.includes(task) ? [task, 'main.js'] : ['scripts', `${task}.js`])),
    );
    process.exitCode = await main(args);
    // What imports a new class compiles only now.
    if (task === 'generate' && !(await inTurn(build))) throw new SetUpFailed(BROKEN);
  }
} catch (error) {
  say(error instanceof SetUpFailed ? `error: ${error.message}` : (error?.stack ?? String(error)));
  // Whoever reads the last line of a test run finds the same form, also when nothing could run.
  if (task === 'test') process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
