// Runs one task on a fresh clone: installs what npm locks, builds dist/, then calls main() of dist/scripts/<task>.js.
// Plain JavaScript and Node's built-ins only, because nothing else is there before this has run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tasks = ['bench', 'demo', 'live', 'model', 'test', 'toolchain'];
const sourceFolders = ['provider', 'emulator', 'cli', 'scripts'];
const dist = join(root, 'dist');
const lock = join(dist, '.setup.lock');
const sdk = join(root, 'sdk', 'nodejs');

// All set-up talk goes to stderr: the last line of stdout belongs to the task.
const say = (text) => process.stderr.write(`${text}\n`);

class SetUpFailed extends Error {}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetUpFailed(
      `Node ${process.versions.node} is too old: this project needs Node 20.19 or newer.`,
    );
  }
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Compares the lock file with what npm says it installed; file times say nothing after a git checkout. */
function modulesMatchLock() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = readJson(installedFile).packages;
  const locked = readJson(join(root, 'package-lock.json')).packages;
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    if (!installed[path]) {
      // Optional packages are left out where the platform does not fit.
      if (entry.optional || entry.devOptional) continue;
      return false;
    }
    if (installed[path].version !== entry.version) return false;
  }
  return true;
}

function install() {
  if (modulesMatchLock()) return;
  say('set-up: npm install of what package-lock.json names (node_modules is missing or does not match it)');
  const started = Date.now();
  // npm tells its scripts where npm itself lies; without it (node scripts/run.mjs …) npm must be on PATH.
  const npm = process.env.npm_execpath;
  // Not `npm ci`: that refuses a lock file made where the registry lacks other platforms' optional packages.
  // --no-save leaves the lock file alone, and the check below is as strict as npm ci is.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Output goes to stderr (2). A shell is only needed for npm.cmd on Windows.
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status !== 0) {
    const why = result.error?.message ?? `exit code ${result.status}`;
    throw new SetUpFailed(`npm install failed (${why}), see above; the npm registry must be reachable.`);
  }
  if (!modulesMatchLock())
    throw new SetUpFailed('package.json and package-lock.json differ: run `npm install`.');
  say(`set-up: npm install done in ${seconds(started)}`);
}

const seconds = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`;

function sourceFiles() {
  return sourceFolders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.ts') && statSync(path).isFile())
    .sort();
}

/** One digest of everything a build reads, so that a changed, added or removed source is noticed. */
function digestOf(sources) {
  const hash = createHash('sha256');
  for (const path of [...sources, join(root, 'package-lock.json')]) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Output of a source that is gone must not be loaded by accident. */
function removeStale(sources) {
  const wanted = new Set(sources.map((path) => relative(root, path).replace(/\.ts$/, '')));
  for (const name of readdirSync(dist, { recursive: true })) {
    const path = join(dist, name);
    const inTree = sourceFolders.includes(name.split(sep)[0]);
    const base = name.replace(/(\.d\.ts|\.js)(\.map)?$/, '');
    if (inTree && base !== name && !wanted.has(base)) rmSync(path, { force: true });
  }
}

/** Runs tsc where a source changed. Returns whether the sources compile. */
function compile(project, sources, output, stamp) {
  const digest = digestOf([...sources, join(root, project, 'tsconfig.json')]);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true;
  const name = relative(root, output);
  say(`set-up: building ${name}/ with tsc`);
  const started = Date.now();
  rmSync(stamp, { force: true });
  const tsc = createRequire(join(root, 'package.json')).resolve('typescript/bin/tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) return false;
  if (project === '.') removeStale(sources);
  writeFileSync(stamp, digest);
  say(`set-up: ${name}/ built in ${seconds(started)}`);
  return true;
}

/** Builds the package and the Node.js SDK of its provider plugin. */
function build() {
  const own = compile('.', sourceFiles(), dist, join(dist, '.built-from'));
  const written = readdirSync(sdk, { recursive: true })
    .filter((name) => /^(?!bin|node_modules).*\.(ts|json)$/.test(name))
    .map((name) => join(sdk, name))
    .sort();
  return compile(join('sdk', 'nodejs'), written, join(sdk, 'bin'), join(dist, '.sdk-built-from')) && own;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two runs in one clone take turns: npm install and tsc would pull files from under each other. */
async function alone(work) {
  mkdirSync(dist, { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    // An empty file is a lock whose pid is being written this moment.
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) say(`set-up: waiting for another set-up of this clone (process ${holder})`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const unlock = () => rmSync(lock, { force: true });
  process.once('exit', unlock);
  try {
    return work();
  } finally {
    unlock();
    process.removeListener('exit', unlock);
  }
}

function setUp(task) {
  install();
  // Sources that do not compile stop the demo; `npm test` goes on to report every failure and not only the first.
  if (!build() && (task === 'demo' || !existsSync(join(dist, 'scripts', `${task}.js`)))) {
    throw new SetUpFailed('the sources do not compile (see above).');
  }
}

const [task, ...args] = process.argv.slice(2);
try {
  if (!tasks.includes(task))
    throw new SetUpFailed(`usage: node scripts/run.mjs ${tasks.join('|')} [arguments]`);
  checkNode();
  await alone(() => setUp(task));
  const { main } = createRequire(import.meta.url)(join(dist, 'scripts', `${task}.js`));
  process.exitCode = await main(args);
} catch (error) {
  say(error instanceof SetUpFailed ? `error: ${error.message}` : (error?.stack ?? String(error)));
  // Whoever reads the last line of a test run finds the same form, also when nothing could run.
  if (task === 'test') process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
