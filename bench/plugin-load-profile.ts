// Runs alone, in a fresh Node: loads the plugin, and prints as JSON what was loaded with it and how long it took.
import { takeProfile, watchLoading } from './load-hook.js';

watchLoading();
// The path of the plugin: no argument, which the plugin would take for the address of the engine.
require(process.env.BENCH_PLUGIN ?? '');
process.stdout.write(`${JSON.stringify(takeProfile())}\n`, () => process.exit());
