import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../cli/audit/report.js';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { findToolchain } from '../../scripts/toolchain.js';
import { leaksIn } from '../faults/leaks.js';
import { commandLine } from '../support/cli/command-line.js';
import { processesBelow } from '../support/cli/processes.js';
import { Stack } from '../support/cli/stack.js';
import { linkRequests } from './calls.js';
import { Oss } from './s3/oss.js';

const run = promisify(execFile);
const page = (name: string) => readFileSync(resolve(__dirname, '../..', name), 'utf8');
const DOCS = page('docs/guides/state-in-a-bucket.md');
const lineIn = (text: string) => /^pulumi login 's3:.*'$/m.exec(text)?.[0] ?? '';

const KEY = { AWS_ACCESS_KEY_ID: 'TEST-STATE-KEY', AWS_SECRET_ACCESS_KEY: 'test-state-secret' };
const PASSPHRASE = 'of a test alone';
// One after the other, so that nothing else is under way while the binding is held.
const PROGRAM = `
const videos = new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
new mps.OutputBucket('renditions', { bucket: 'renditions' }, { dependsOn: videos });`;
const ON_STACK = ['--yes', '--skip-preview', '--stack', 'test'];
const LOCKED = 'the stack is currently locked by 1 lock(s)';

describe('the state in S3, by the documented line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alicloud-media-state-'));
  let emulator: Emulator;
  let oss: Oss;
  let bucket: string;
  let stack: Stack;
  /** The second number of the CLI's version. */
  let minor: number;
  /** Another runner in CI: it has nothing of the first but the project and the address of the state. */
  let other: NodeJS.ProcessEnv;
  let missing: string | undefined;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    const started = await Oss.start();
    if ('missing' in started) {
      missing = `no S3 server: ${started.missing}`;
      return;
    }
    oss = started;
    const own = { ...KEY, ...oss.environment, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE, PULUMI_BACKEND_URL: '' };
    const environment = { ...own, PULUMI_HOME: join(folder, 'first') };
    const toolchain = await findToolchain(() => {});
    const env = { ...makeEnvironment({ folder, toolchain, url: emulator.url }), ...environment };
    minor = Number(/^v3\.(\d+)/.exec((await run('pulumi', ['version'], { env })).stdout)?.[1]);
    // As the page says for these.
    const line = minor <= 244 ? lineIn(DOCS).replace(/&request_checksum.*(?=')/, '') : lineIn(DOCS);
    const address = new URL(/'(.*)'/.exec(line)?.[1] ?? '');
    bucket = address.host;
    await oss.storage.makeBucket(bucket);
    await run('sh', ['-c', line], { env });
    stack = await Stack.make({ emulator, program: PROGRAM, environment, passphrase: true });
    other = { PULUMI_HOME: join(folder, 'second'), PULUMI_BACKEND_URL: address.href };
  }, 300_000);

  afterAll(async () => {
    stack?.remove();
    await oss?.close();
    await emulator?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const locks = async () => (await oss.storage.keys(bucket)).filter((key) => key.includes('/locks/'));
  const byOther = async (...args: string[]) => {
    const { code, text } = await stack.run(args, other);
    expect(code, text).toBe(0);
  };

  it('a second runner is refused while an up is under way, and sends no request', async (context) => {
    if (missing !== undefined) return context.skip(missing);
    const creating = emulator.park({ boundary: 'before-effect', action: 'CreateBinding' });
    const up = stack.start(['up', ...ON_STACK]);
    await creating.reached;
    linkRequests(emulator);
    for (const command of ['up', 'destroy']) {
      const refused = await stack.fail([command, ...ON_STACK], other);
      expect(refused).toContain(LOCKED);
      expect(refused).toContain(`(pid ${up.engine})`);
    }
    expect(emulator.journal()).toEqual([]);
    creating.release();
    const { code, text } = await up.ended;
    expect(code, text).toBe(0);
    expect(await locks()).toEqual([]);
  });

  it('an audit reads every stack of the backend by its URL, without the passphrase of its secrets', async (context) => {
    if (missing !== undefined) return context.skip(missing);
    const { PULUMI_CONFIG_PASSPHRASE: _, ...environment } = { ...stack.environment, ...other };
    const args = ['audit', '--json', '--region', 'cn-shanghai', '--state', other.PULUMI_BACKEND_URL ?? ''];
    const { out, err } = await commandLine(args, { environment });
    expect(out, err).not.toBe('');
    const { stacks, findings } = JSON.parse(out) as AuditReport;
    expect(stacks).toEqual([{ stack: 'lifecycle/test', from: 'organization/lifecycle/test', resources: 2 }]);
    expect(findings.map(({ id }) => id)).toEqual(['cn-shanghai/media/videos', 'cn-shanghai/media']);
  });

  it('a destroy that was killed keeps its lock until pulumi cancel, and another runner ends it', async (context) => {
    if (missing !== undefined) return context.skip(missing);
    const deleting = emulator.park({ boundary: 'before-effect', action: 'DeleteBinding' });
    const killed = stack.start(['destroy', ...ON_STACK]);
    await deleting.reached;
    const below = processesBelow(killed.engine);
    process.kill(killed.engine, 'SIGKILL');
    for (const { pid } of below) end(pid);
    await killed.ended;
    deleting.release();
    expect(await locks()).toHaveLength(1);
    expect(await stack.fail(['destroy', ...ON_STACK], other)).toContain(LOCKED);
    await byOther('cancel', '--yes', '--stack', 'test');
    await byOther('destroy', ...ON_STACK);
    expect(emulator.isEmpty()).toBe(true);
    expect(await locks()).toEqual([]);
  });

  it('no object of the bucket and no line that was printed holds a key or the passphrase', async (context) => {
    if (missing !== undefined) return context.skip(missing);
    const places: Record<string, string> = { ...(await oss.objects(bucket)), printed: stack.printed };
    expect(Object.keys(places)).toContain('.pulumi/stacks/lifecycle/test.json');
    expect(places.printed).toContain(LOCKED);
    expect(leaksIn(places)).toEqual([]);
    const text = JSON.stringify(places);
    for (const secret of [...Object.values(KEY), PASSPHRASE]) expect(text).not.toContain(secret);
  });

  it('the requests have the bucket in the host, need the documented permissions, and come in the documented form', (context) => {
    if (missing !== undefined) return context.skip(missing);
    expect(oss.hosts).toEqual([`${bucket}.s3.oss-cn-shanghai.aliyuncs.com`]);
    const allowed = new Set(DOCS.match(/oss:[A-Za-z]+(?=")/g));
    expect([...allowed].sort()).toEqual(['oss:AbortMultipartUpload', ...oss.ramActions].sort());
    const chunked = oss.requests
      .filter(({ kind }) => kind === 'PUT object')
      .map((request) => request.chunked);
    expect(new Set(chunked)).toEqual(new Set([minor >= 245 && minor <= 255]));
  });
});

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with its parent.
  }
}
