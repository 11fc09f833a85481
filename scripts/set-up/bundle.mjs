// The provider plugin as one file, with what it needs of node_modules in it: what the launchers in plugin/ and npm's `bin` start.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from './modules.mjs';
import { noticesOf } from './notices.mjs';
import { root, say } from './say.mjs';

const built = join(root, 'dist', 'provider');
const entry = join(built, 'hosts', 'plugin', 'main.js');
const bundled = join(root, 'plugin', 'pulumi-resource-alicloud-media.cjs');
const notices = join(root, 'plugin', 'THIRD-PARTY.txt');
/** What the bundle was made of. */
const notes = join(root, 'dist', 'plugin-bundle.json');
const manifest = join(root, 'package.json');
const schema = join(root, 'provider', 'schema.json');
const own = createRequire(manifest);
const quoted = JSON.stringify;

/** The modules that look for something outside at run time. In the bundle they are these, which have it. */
const inside = {
  'alicloud/sending/package-version.js': () => `exports.version = () => ${quoted(own(manifest).version)};`,
  'alicloud/sending/pop-library.js': () => {
    const library = own.resolve('@alicloud/pop-core');
    const httpx = createRequire(createRequire(library).resolve('httpx'));
    // Its other client, which is not used here, brings a parser and a builder of XML.
    const client = createRequire(library).resolve('./lib/rpc.js');
    return `exports.popCore = () => require(${quoted(client)});
exports.debugOfHttpx = () => require(${quoted(httpx.resolve('debug'))});`;
  },
  'hosts/plugin/schema.js': () => `exports.schema = () => ${quoted(readFileSync(schema, 'utf8'))};`,
  'hosts/pulumi-library.js': () => {
    const pulumi = createRequire(own.resolve('@pulumi/pulumi'));
    const entries = loadedOfPulumi().map(
      (name) => `${quoted(name)}: () => require(${quoted(pulumi.resolve(name))})`,
    );
    return `const modules = {${entries.join(', ')}};\nexports.load = (name) => modules[name]();`;
  },
};

/** What the hosts load of Pulumi, by the names they load it by. */
function loadedOfPulumi() {
  const hosts = join(built, 'hosts');
  const names = readdirSync(hosts, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => [...readFileSync(join(hosts, name), 'utf8').matchAll(/\.load\)\(\s*'([^']+)'/g)]);
  return [...new Set(names.map(([, name]) => name))].sort();
}

/** Writes the bundle, unless all that it was made of is as it was. Returns whether it is there. */
export async function bundle() {
  // The compiler leaves nothing of sources that it cannot read at all.
  if (!existsSync(entry) || isUpToDate()) return true;
  const started = Date.now();
  try {
    await write();
    say(`set-up: bundled the provider plugin in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return true;
  } catch (error) {
    say(`set-up: the provider plugin could not be bundled: ${error.message}`);
    return false;
  }
}

async function write() {
  // Not before `npm ci`.
  const { build, transform } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    // Not main.js itself: its "use strict" would hold for every library in the file.
    stdin: { contents: `require(${quoted(entry)});`, resolveDir: root },
    outfile: bundled,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    // grpc-js asks for it where a server describes itself by .proto files, and those are not in the bundle.
    external: ['@grpc/proto-loader'],
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [{ name: 'inside', setup: (build) => build.onLoad({ filter: /\.js$/ }, replaced) }],
  });
  // It is read whole at each start. Only now, since `build` would give modules a form that V8 compiles at once, needed or
  // not. An error says the name of its class.
  const [{ text }] = outputFiles;
  const { code } = await transform(text, {
    target: 'node20.19',
    minify: true,
    keepNames: true,
    logLevel: 'error',
  });
  writeFileSync(bundled, code);
  const inputs = Object.keys(metafile.inputs).flatMap((name) => (name === '<stdin>' ? [] : join(root, name)));
  writeFileSync(notices, noticesOf(inputs));
  const others = [manifest, schema, installed, fileURLToPath(import.meta.url), bundled, notices];
  writeFileSync(notes, quoted([...inputs, ...others].map(stamped)));
}

function replaced({ path }) {
  const name = Object.keys(inside).find((each) => path === join(built, each));
  return name === undefined ? undefined : { contents: inside[name]() };
}

const stamped = (path) => {
  const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return { path, size, mtimeMs };
};

function isUpToDate() {
  if (!existsSync(notes)) return false;
  return JSON.parse(readFileSync(notes, 'utf8')).every(({ path, size, mtimeMs }) => {
    const now = stamped(path);
    return now.size === size && now.mtimeMs === mtimeMs;
  });
}
