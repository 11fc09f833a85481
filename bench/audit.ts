import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AuditReport } from '../cli/audit/report.js';
import type { Emulator } from '../emulator/index.js';
import { TEST_ACCOUNT_ID } from '../emulator/test-key.js';
import { makeEnvironment } from '../scripts/environment.js';
import { table } from '../scripts/markdown-table.js';
import { findRoot } from '../scripts/root.js';
import { callsOf, counted } from './calls.js';
import { verdict, whole } from './figures.js';
import { linksIn, makeParents, startBenchEmulator } from './links.js';
import { type Bench, type Part, scaled } from './part.js';

const LINKS = 10_000;
const MOST_MEMORY = 200;
/** ListAllMediaBucket of one account in a second (api-facts.md §3). */
const LISTINGS_A_SECOND = 10;

/** Told at the end of the process by itself: nothing else has the exact peak. */
const TELL_PEAK =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))";

export const audit: Part = {
  name: 'audit',
  title: 'An audit of 10,000 links against a state that has half of them',
  isOfCounts: true,
  async run(bench) {
    const emulator = await startBenchEmulator({ limits: { mtsPerSecond: LISTINGS_A_SECOND } });
    const folder = mkdtempSync(join(tmpdir(), 'alicloud-media-audit-'));
    try {
      return await measured(bench, emulator, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await emulator.close();
    }
  },
};

async function measured(bench: Bench, emulator: Emulator, folder: string): Promise<readonly string[]> {
  const half = scaled(bench, LINKS / 2);
  makeParents(emulator, half);
  for (let i = 0; i < half; i++) {
    const dataset = Math.floor(i / 10);
    emulator.createBinding(
      `cn-shanghai/project-${Math.floor(dataset / 5)}/dataset-${dataset}/oss://bench-bucket-${i}`,
    );
    emulator.bindOutputBucket(`bench-bucket-${i}`);
  }
  const state = join(folder, 'state.json');
  writeFileSync(state, stateOf(half));
  const started = performance.now();
  const { result, statistics } = await counted(emulator, () => run(emulator, folder, state));
  const took = (performance.now() - started) / 1000;
  const { findings, notSeen, accounts } = result.report;
  if (notSeen.length > 0) throw new Error(`not seen: ${JSON.stringify(notSeen[0])}`);
  const requests = Object.values(statistics.actions).reduce((sum, count) => sum + count, 0);
  const listings = statistics.actions['mts:ListAllMediaBucket'] ?? 0;
  bench.say(`  ${took.toFixed(1)} s, ${result.peak.toFixed(0)} MiB, ${requests} requests`);
  return [
    `${whole(linksIn(emulator))} links of one account, half of them bindings in ${half / 10} datasets, half output buckets; every region is listed, ` +
      `and the emulator answers ${LISTINGS_A_SECOND} listings of media buckets a second. Memory is the most that the process itself had.`,
    '',
    ...table([
      ['what', 'figure', 'goal'],
      ['memory', `${result.peak.toFixed(0)} MiB`, verdict({ figure: result.peak, most: MOST_MEMORY })],
      [
        'replies that throttled',
        String(statistics.throttled),
        verdict({ figure: statistics.throttled, most: 0 }),
      ],
      [
        'time, of the least that its listings of media buckets allow',
        (took / (listings / LISTINGS_A_SECOND)).toFixed(2),
        'none',
      ],
      ['requests for each link', (requests / linksIn(emulator)).toFixed(3), 'none'],
      [
        'seen, and found to be in no stack',
        `${whole(accounts[0]?.seen ?? 0)}, ${whole(findings.length)}`,
        'none',
      ],
    ]),
    '',
    `Requests: ${callsOf(statistics)}.`,
  ];
}

/** A state that has every binding, and no bucket. */
function stateOf(bindings: number): string {
  const type = 'alicloud-media:imm:DatasetBinding';
  const resources = Array.from({ length: bindings }, (_, i) => {
    const dataset = Math.floor(i / 10);
    const id = `cn-shanghai/project-${Math.floor(dataset / 5)}/dataset-${dataset}/oss://bench-bucket-${i}`;
    const urn = `urn:pulumi:bench::bench::${type}::link-${i}`;
    return { urn, type, id, custom: true, inputs: {}, outputs: { accountId: TEST_ACCOUNT_ID } };
  });
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });
}

async function run(
  emulator: Emulator,
  folder: string,
  state: string,
): Promise<{ readonly report: AuditReport; readonly peak: number }> {
  const main = join(findRoot(), 'dist/cli/main.js');
  const child = spawn(process.execPath, ['--import', TELL_PEAK, main, 'audit', '--state', state, '--json'], {
    env: makeEnvironment({ folder, url: emulator.url }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  const peak = Number(/^peak (\d+)$/m.exec(err)?.[1]) / 1024;
  if (out === '') throw new Error(err);
  return { report: JSON.parse(out) as AuditReport, peak };
}
