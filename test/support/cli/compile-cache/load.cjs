// Loaded by NODE_OPTIONS into each process of Node.js that a test starts. A command of the CLI starts several, and they
// spend most of their time on compiling @pulumi/pulumi and what it requires; here V8 gets the code that make.cjs kept.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { runFromScripts } = require('./scripts.cjs');

const folder = process.env.TEST_COMPILE_CACHE;
let places;
let code;

runFromScripts((filename) => {
  // Not before a module comes: many processes load none.
  places ??= JSON.parse(readFileSync(join(folder, 'places.json'), 'utf8'));
  const place = Object.hasOwn(places, filename) ? places[filename] : undefined;
  if (place === undefined) return undefined;
  code ??= readFileSync(join(folder, 'code.bin'));
  return code.subarray(place[0], place[1]);
});
