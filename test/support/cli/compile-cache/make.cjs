// `node make.cjs FOLDER` keeps the code of what the processes of a command load: the program's, and the provider's.
const { mkdirSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const { runFromScripts } = require('./scripts.cjs');

/** The main files of these two, cmd/run and cmd/dynamic-provider, do their work as soon as they are loaded. */
const LOADED = [
  '@pulumi/pulumi',
  '@pulumi/pulumi/cmd/run/instrumentation',
  '@pulumi/pulumi/cmd/run/tracing',
  '@pulumi/pulumi/cmd/dynamic-provider/config',
  'require-from-string',
  // The plugin of this package.
  '@alicloud/credentials',
  '@alicloud/pop-core',
];

const scripts = new Map();
// Of libraries alone: what is ours changes while somebody works.
const isLibrary = (filename) => filename.includes(`${sep}node_modules${sep}`);
runFromScripts(
  (filename) => (isLibrary(filename) ? null : undefined),
  (filename, script) => scripts.set(filename, script),
);
const requireFromPulumi = createRequire(require.resolve('@pulumi/pulumi'));
for (const name of LOADED) requireFromPulumi(name);

const places = {};
const parts = [];
let end = 0;
for (const [filename, script] of scripts) {
  const code = script.createCachedData();
  places[filename] = [end, end + code.length];
  // V8 copies what does not begin at a whole word.
  const gap = -code.length & 7;
  parts.push(code, Buffer.alloc(gap));
  end += code.length + gap;
}
const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'code.bin'), Buffer.concat(parts));
writeFileSync(join(folder, 'places.json'), JSON.stringify(places));
process.exit();
