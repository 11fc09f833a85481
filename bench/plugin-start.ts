import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeEnvironment } from '../scripts/environment.js';
import { table } from '../scripts/markdown-table.js';
import { findRoot } from '../scripts/root.js';
import { scratchFolder } from './bench-stack.js';
import { writeEmptyPlugin } from './empty-plugin.js';
import { median, spread, verdict } from './figures.js';
import type { Profile } from './load-hook.js';
import type { Part } from './part.js';
import { type Start, startOnce } from './plugin-run.js';
import { profileRows } from './profile-rows.js';
import { runNode } from './run-node.js';

const PAIRS = 45;
const PROFILES = 5;
/** Its libraries are in one file, those of the empty one in hundreds. */
const GOAL = 1;
/** The name is that of the file in the npm package. */
const PLUGIN = join('bin', 'pulumi-resource-alicloud-media');

export const pluginStart: Part = {
  name: 'plugin-start',
  title: 'Start of the provider plugin',
  async run(bench) {
    const folder = scratchFolder();
    const env = makeEnvironment({ folder });
    const [plugin, empty] = [join(findRoot(), PLUGIN), writeEmptyPlugin(folder)];
    try {
      bench.say(`  ${PAIRS} pairs`);
      const pairs: Pair[] = [];
      // The first of each reads the disk, which a second start does not.
      for (const script of [plugin, empty]) await startOnce(script, env);
      for (let pair = 0; pair < PAIRS; pair++)
        pairs.push({ ours: await startOnce(plugin, env), empty: await startOnce(empty, env) });
      const profiles: Profile[] = [];
      for (let time = 0; time < PROFILES; time++) {
        const script = require.resolve('./plugin-load-profile.js');
        const text = await runNode([script], folder, { ...env, BENCH_PLUGIN: plugin });
        profiles.push(JSON.parse(text.split('\n')[0] ?? '') as Profile);
      }
      return report(pairs, profiles);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Pair {
  readonly ours: Start;
  readonly empty: Start;
}

function report(pairs: readonly Pair[], profiles: readonly Profile[]): string[] {
  const row = (name: string, of: (start: Start) => number, unit: string, goal?: number) => {
    const ratios = pairs.map(({ ours, empty }) => of(ours) / of(empty));
    return [
      name,
      spread(ratios),
      goal === undefined ? 'none' : verdict({ figure: median(ratios), most: goal }),
      `${median(pairs.map(({ ours }) => of(ours))).toFixed(0)} ${unit}`,
      `${median(pairs.map(({ empty }) => of(empty))).toFixed(0)} ${unit}`,
    ];
  };
  const hasProc = existsSync('/proc/self/status');
  return [
    'The plugin (A), which is one file, in turn with one that serves nothing (E): a gRPC server in plain JavaScript, on the',
    `same protos of \`@pulumi/pulumi\` and the same \`@grpc/grpc-js\`, in node_modules. ${PAIRS} pairs; a ratio is that of one pair.`,
    '',
    ...table([
      ['from its start', 'A / E', 'goal', 'A', 'E'],
      row('until it prints its port', ({ port }) => port, 'ms', GOAL),
      row('until the handshake and Configure are answered', ({ configured }) => configured, 'ms', GOAL),
      row('until CheckConfig and a Check are, too', ({ checked }) => checked, 'ms'),
      ...(hasProc
        ? [
            row('processor time until Configure is answered', ({ processor }) => processor, 'ms'),
            row('most memory until then', ({ memory }) => memory / 2 ** 20, 'MiB'),
          ]
        : []),
    ]),
    '',
    'What of A takes the time until the port, in milliseconds in the files of each package themselves. The median of',
    `${PROFILES} runs with a hook that slows them a little. Node itself, before the first file, is not in it.`,
    '',
    ...table([['loaded with', 'package', 'milliseconds', 'files'], ...profileRows('the plugin', profiles)]),
  ];
}
