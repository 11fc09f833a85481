import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../emulator/index.js';
import { askInProgram } from '../../provider/hosts/asking.js';

const LINK = { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' };
const LINK_ID = 'cn-shanghai/media/videos/oss://originals';
const ROLE = `acs:ram::${TEST_ACCOUNT_ID}:role/media`;
/** The number of calls of one program: more than the service takes of a project in a second. */
const CALLS = 120;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 0 });
});
beforeEach(() => {
  emulator.reset();
  emulator.clearFaults();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createBinding(LINK_ID);
  emulator.clearJournal();
  emulator.clearStatistics();
});
afterAll(() => emulator.close());

function configured(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { url } = emulator;
  return {
    'alicloud:region': 'cn-shanghai',
    'alicloud:accessKey': TEST_ACCESS_KEY_ID,
    'alicloud:secretKey': TEST_ACCESS_KEY_SECRET,
    'alicloud:endpoints': JSON.stringify({ imm: url, mts: url, sts: url }),
    'alicloud:assumeRole': JSON.stringify({ roleArn: ROLE, sessionName: 'functions' }),
    ...more,
  };
}

/** One run of a program: it is told what is said. */
class Run {
  readonly said: string[] = [];

  ask(config = configured()) {
    const say = (severity: string, text: string) => void this.said.push(`${severity}: ${text}`);
    return askInProgram('imm.getDatasetBinding', LINK, config, { run: this, say });
  }
}

const times = (action: string) => emulator.statistics().actions[action] ?? 0;

it(`${CALLS} calls of one program are one session: one role, one account, a few connections, the rate kept`, async () => {
  const before = emulator.statistics().connections;
  const run = new Run();
  const shown = await Promise.all(Array.from({ length: CALLS }, () => run.ask(configured())));
  expect(shown.map(({ id, state }) => `${id} ${state}`)).toEqual(Array(CALLS).fill(`${LINK_ID} Running`));
  expect(times('sts:AssumeRole')).toBe(1);
  expect(times('sts:GetCallerIdentity')).toBe(1);
  const { throttled, connections } = emulator.statistics();
  expect(times('imm:GetBinding') - throttled).toBe(CALLS);
  // What is sent at an even pace arrives in a bunch where the machine is busy; without the rate, 20 would be too many.
  expect(throttled).toBeLessThan(15);
  expect(connections - before).toBeLessThanOrEqual(10);
  // What a session says, such as an override in force, is said by one session.
  expect(new Set(run.said).size).toBe(run.said.length);
});

it('what differs in any key has a session of its own, and so has another run', async () => {
  const other = configured({ 'alicloud-media:consistencyWindow': '5' });
  const run = new Run();
  for (const config of [configured(), other, configured(), other]) await run.ask(config);
  expect(times('sts:AssumeRole')).toBe(2);
  await new Run().ask();
  expect(times('sts:AssumeRole')).toBe(3);
});

it('what the environment gives is part of a configuration', async () => {
  const { 'alicloud:region': _, ...elsewhere } = configured();
  const run = new Run();
  try {
    process.env.ALICLOUD_REGION = 'cn-shanghai';
    expect(await run.ask(elsewhere)).toMatchObject({ id: LINK_ID });
    process.env.ALICLOUD_REGION = 'cn-beijing';
    await expect(run.ask(elsewhere)).rejects.toThrow('cn-beijing/media/videos/oss://originals');
  } finally {
    delete process.env.ALICLOUD_REGION;
  }
});

it('keys that are over stop the calls of one run, and not those of the next', async () => {
  const { 'alicloud:assumeRole': _, ...keys } = configured();
  emulator.addFault({ kind: 'expired', action: 'GetBinding', times: 1 });
  const run = new Run();
  await expect(run.ask(keys)).rejects.toThrow('InvalidSecurityToken.Expired');
  await expect(run.ask(keys)).rejects.toThrow('InvalidSecurityToken.Expired');
  expect(times('imm:GetBinding')).toBe(1);
  expect(run.said.filter((line) => line.startsWith('warning'))).toHaveLength(1);
  expect(await new Run().ask(keys)).toMatchObject({ id: LINK_ID });
});

it('a call that fails leaves its turn to the others', async () => {
  emulator.addFault({ kind: 'denied', action: 'GetBinding', times: 20 });
  const run = new Run();
  const all = await Promise.allSettled(Array.from({ length: 30 }, () => run.ask()));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
});
