import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../emulator/index.js';
import { makeEnvironment } from '../scripts/environment.js';
import { table } from '../scripts/markdown-table.js';
import { scratchFolder } from './bench-stack.js';
import { BLANK_PACKAGE, writeBlankPackage } from './blank-package.js';
import { median, spread, verdict } from './figures.js';
import { REGION, startBenchEmulator } from './links.js';
import type { LoadReport, LoadRequest } from './load-profile.js';
import type { Part } from './part.js';
import { profileRows } from './profile-rows.js';
import { runNode } from './run-node.js';

const PAIRS = 15;
const PROFILES = 5;
const NOTHING = `${BLANK_PACKAGE}/nothing.js`;
const ENTRIES: readonly LoadRequest[] = [
  {
    entry: 'pulumi-alicloud-media/dataset-binding',
    id: `${REGION}/media/videos/oss://bench-bucket`,
    properties: { projectName: 'media', datasetName: 'videos', uri: 'oss://bench-bucket', region: REGION },
  },
  {
    entry: 'pulumi-alicloud-media/output-bucket',
    id: `${REGION}/bench-bucket`,
    properties: { bucket: 'bench-bucket', region: REGION },
  },
];

/** Milliseconds that `require` takes in a fresh Node. */
const TIMED =
  'const s=process.hrtime.bigint();require(process.argv[1]);process.stdout.write(String(Number(process.hrtime.bigint()-s)/1e6))';

function loadTime(specifier: string, cwd: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', TIMED, specifier], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`loading ${specifier} failed:\n${stderr}`);
  return Number(stdout);
}

export const entry: Part = {
  name: 'entry',
  title: "Loading the provider's entry",
  async run(bench) {
    const emulator = await startBenchEmulator();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    // Both specifiers resolve from here: the empty package in it, this package above it.
    const folder = scratchFolder();
    writeBlankPackage(join(folder, 'node_modules'));
    try {
      const lines: string[] = ['`require` in a fresh Node, in turn with that of an empty module.', ''];
      const rows: string[][] = [];
      const profiles: string[] = [];
      for (const one of ENTRIES) {
        bench.say(`  ${one.entry}, ${PAIRS} pairs`);
        rows.push(pairs(one.entry, folder));
        profiles.push(...(await profileOf(one, folder, emulator)));
      }
      const head = ['entry', 'entry', 'empty module', 'difference', 'goal'];
      return [...lines, ...table([head, ...rows]), ...profiles];
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await emulator.close();
    }
  },
};

function pairs(specifier: string, folder: string): string[] {
  const loaded: number[] = [];
  const empty: number[] = [];
  // The first of each reads the disk, which a second run does not.
  loadTime(specifier, folder);
  loadTime(NOTHING, folder);
  for (let pair = 0; pair < PAIRS; pair++) {
    loaded.push(loadTime(specifier, folder));
    empty.push(loadTime(NOTHING, folder));
  }
  const differences = loaded.map((time, index) => time - (empty[index] ?? Number.NaN));
  return [
    `\`${specifier}\``,
    `${spread(loaded, 1)} ms`,
    `${spread(empty, 1)} ms`,
    `${spread(differences, 1)} ms`,
    verdict({ figure: median(differences), most: 120 }),
  ];
}

/** What is loaded with the entry, and what only with its first request. */
async function profileOf(request: LoadRequest, folder: string, emulator: Emulator): Promise<string[]> {
  const env = {
    ...makeEnvironment({ folder, url: emulator.url }),
    BENCH_LOAD: JSON.stringify(request),
  };
  const reports: LoadReport[] = [];
  for (let time = 0; time < PROFILES; time++) {
    const text = await runNode([require.resolve('./load-profile.js')], folder, env);
    reports.push(JSON.parse(text.split('\n').at(-1) ?? '') as LoadReport);
  }
  return [
    '',
    `\`${request.entry}\`: what takes the time, in milliseconds in the files of each package themselves. The median of`,
    `${PROFILES} runs with a hook that slows them a little; packages below one millisecond are only in the sum.`,
    '',
    ...table([
      ['loaded with', 'package', 'milliseconds', 'files'],
      ...profileRows(
        'the entry',
        reports.map(({ entry }) => entry),
      ),
      ...profileRows(
        'the first request',
        reports.map(({ firstRequest }) => firstRequest),
      ),
    ]),
  ];
}
