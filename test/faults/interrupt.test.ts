import { afterEach, expect, it } from 'vitest';
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../emulator/index.js';
import { isUnfinished } from '../../provider/lifecycle/standing.js';
import { adoptLines, type Running, Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { leaksIn } from './leaks.js';

const UP = ['up', '--yes', '--skip-preview'];
const DESTROY = ['destroy', '--yes', '--skip-preview'];
const BINDING = 'cn-shanghai/media/videos/oss://originals';
const BUCKETS = Array.from({ length: 6 }, (_, number) => `bucket-${number}`);
/** What the engine says when it has taken the first Ctrl-C. */
const TAKEN = '^C received; cancelling';

const CREATE = `
  const first = new imm.DatasetBinding('first', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
  new mps.OutputBucket('second', { bucket: 'renditions' }, { dependsOn: first });`;
const buckets = (names: readonly string[]) =>
  names.map((name) => `new mps.OutputBucket('${name}', { bucket: '${name}' });`).join('\n');

let emulator: Emulator;
let stack: Stack;

async function begin(program: string, options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator(options);
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  stack = await Stack.make({ emulator, program });
}
afterEach(async () => {
  stack?.remove();
  await emulator.close();
});

const inCloud = () => [...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link).sort();
const inState = async () => (await stack.links()).map(({ id }) => id).sort();
const sent = (action: string) => emulator.journal().filter((entry) => entry.action === action);

/** What the state says was under way when the engine ended. */
const pending = () => stack.deployment.pending_operations ?? [];

async function interrupt({ engine, printed }: Running): Promise<void> {
  process.kill(engine, 'SIGINT');
  await printed(TAKEN);
}

/** An `up` whose create waits for the binding, after one Ctrl-C. */
async function interruptedWhileItWaits(): Promise<Running> {
  await begin(CREATE);
  emulator.addFault({ kind: 'stuck-ready', action: 'CreateBinding' });
  const park = emulator.park({ boundary: 'after-reply', action: 'CreateBinding' });
  const running = stack.start(UP);
  await park.reached;
  park.release();
  await interrupt(running);
  return running;
}

it.runIf(IS_WIDE)(
  'one Ctrl-C during a create that waits: it ends as it should and is in the state, and nothing else begins',
  async () => {
    const running = await interruptedWhileItWaits();
    emulator.releaseBindings();
    const { code, text } = await running.ended;
    expect(code, text).not.toBe(0);

    expect(inCloud()).toEqual([BINDING]);
    expect(await inState()).toEqual([BINDING]);
    expect((await stack.links())[0]?.outputs).toMatchObject({ status: 'Active' });
    expect(isUnfinished((await stack.links())[0]?.outputs ?? {})).toBe(false);
    expect(pending()).toEqual([]);
    expect(sent('BindOutputBucket')).toEqual([]);

    await stack.up();
    expect(sent('CreateBinding')).toHaveLength(1);
    await stack.settled();
    await stack.destroy();
    expect(emulator.isEmpty()).toBe(true);
  },
);

it.runIf(IS_WIDE)(
  'two Ctrl-C during a create that waits: the next up prints the line that takes it over, and converges with it',
  async () => {
    const running = await interruptedWhileItWaits();
    process.kill(running.engine, 'SIGINT');
    const { code, text } = await running.ended;
    expect(code, text).not.toBe(0);
    expect(inCloud()).toEqual([BINDING]);
    emulator.releaseBindings();

    // The engine gave its lock back: no `pulumi cancel` is needed.
    const refused = await stack.fail(UP);
    expect(adoptLines(refused)).toEqual([BINDING]);
    const next = await stack.run(UP, { ALICLOUD_MEDIA_ADOPT: BINDING });
    expect(next.code, next.text).toBe(0);
    expect(sent('CreateBinding')).toHaveLength(1);
    await stack.settled();
    await stack.destroy();
    expect(emulator.isEmpty()).toBe(true);
  },
);

it('one Ctrl-C during deletes: those under way end, the state names exactly what is left, the next destroy goes on', async () => {
  await begin(buckets(BUCKETS));
  await stack.up();
  const park = emulator.park({ boundary: 'before-effect', action: 'UnbindOutputBucket' });
  const running = stack.start([...DESTROY, '--parallel=2']);
  await park.reached;
  await interrupt(running);
  park.release();
  // The exit code is left open: of a destroy that was cancelled this engine says 0, and that all is deleted.
  await running.ended;

  const left = inCloud();
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(BUCKETS.length);
  expect(await inState()).toEqual(left);
  expect(pending()).toEqual([]);

  await stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
  expect(
    sent('UnbindOutputBucket')
      .map(({ link }) => link)
      .sort(),
  ).toEqual(BUCKETS.map((name) => `cn-shanghai/${name}`));
});

it.runIf(IS_WIDE)('two Ctrl-C during deletes: the next destroy finishes them', async () => {
  await begin(buckets(BUCKETS));
  await stack.up();
  const park = emulator.park({ boundary: 'before-effect', action: 'UnbindOutputBucket', times: 2 });
  const running = stack.start([...DESTROY, '--parallel=2']);
  await park.reached;
  await interrupt(running);
  process.kill(running.engine, 'SIGINT');
  const { code, text } = await running.ended;
  expect(code, text).not.toBe(0);
  park.release();

  await stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
  expect(await inState()).toEqual([]);
});

it.runIf(IS_WIDE)(
  'a token that expires after 20 of 40 deletes: one warning, no further request, and the next run finishes',
  async () => {
    const names = Array.from({ length: 40 }, (_, number) => `bucket-${number}`);
    const NEXT = { accessKeyId: 'emulator-next-key-id', accessKeySecret: 'emulator-next-key-secret' };
    const account = '1000000000000001';
    await begin(buckets(names), {
      keys: [
        { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET, account },
        { ...NEXT, account },
      ],
    });
    await stack.up();
    emulator.addFault({
      kind: 'expired',
      action: 'UnbindOutputBucket',
      accessKeyId: TEST_ACCESS_KEY_ID,
      skip: 20,
      times: 'always',
    });
    emulator.clearJournal();
    const parallel = 4;
    const text = await stack.fail([...DESTROY, `--parallel=${parallel}`, '--continue-on-error']);
    const warnings = text
      .split('Diagnostics:')[1]
      ?.match(/The credentials expired\. Nothing more is sent in this run/g);
    expect(warnings, text).toHaveLength(1);
    expect(inCloud()).toHaveLength(20);
    expect(await inState()).toEqual(inCloud());
    // Those under way at the same time had been sent before the answer came.
    const refused = sent('UnbindOutputBucket').filter(({ fault }) => fault === 'expired');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(parallel);

    const next = await stack.run(DESTROY, {
      ALIBABA_CLOUD_ACCESS_KEY_ID: NEXT.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: NEXT.accessKeySecret,
    });
    expect(next.code, next.text).toBe(0);
    expect(emulator.isEmpty()).toBe(true);
    expect(leaksIn({ printed: stack.printed, journal: emulator.journal() })).toEqual([]);
  },
);
