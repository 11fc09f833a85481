import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { TEST_KEY } from '../../emulator/test-key.js';
import { type LiveResult, runLive } from '../../live/run.js';
import { readSettings } from '../../live/settings.js';

const DENIED = {
  accessKeyId: 'denied-test-key-id',
  accessKeySecret: 'denied-test-key-secret',
  account: TEST_KEY.account,
};
export const BUCKET = 'live-test-bucket';
const FAST = { pause: 25, patience: 2_500 };

/** The emulator in the place of the real cloud, and an environment that asks for a live run against it. */
export interface LiveWorld {
  readonly emulator: Emulator;
  readonly environment: NodeJS.ProcessEnv;
  /** What the last run said. */
  readonly said: string[];
  run(more?: NodeJS.ProcessEnv): Promise<LiveResult>;
  close(): Promise<void>;
}

export async function startLiveWorld(): Promise<LiveWorld> {
  const emulator = await startEmulator({ keys: [TEST_KEY, DENIED], runningAfter: 100 });
  emulator.deny({ action: '*', accessKeyId: DENIED.accessKeyId });
  const folder = mkdtempSync(join(tmpdir(), 'live-'));
  const file = join(folder, 'config.json');
  const profile = {
    name: 'denied',
    mode: 'AK',
    access_key_id: DENIED.accessKeyId,
    access_key_secret: DENIED.accessKeySecret,
  };
  writeFileSync(file, JSON.stringify({ current: 'denied', profiles: [profile] }));
  const environment = {
    ALICLOUD_MEDIA_LIVE: '1',
    ALICLOUD_MEDIA_LIVE_BUCKET: BUCKET,
    ALICLOUD_MEDIA_LIVE_FOREIGN_BUCKET: 'live-foreign-bucket',
    ALICLOUD_MEDIA_LIVE_OBJECT: 'one.jpg',
    ALICLOUD_MEDIA_LIVE_DENIED_PROFILE: 'denied',
    ALICLOUD_SHARED_CREDENTIALS_FILE: file,
    ALICLOUD_ACCESS_KEY: TEST_KEY.accessKeyId,
    ALICLOUD_SECRET_KEY: TEST_KEY.accessKeySecret,
    ALICLOUD_REGION: 'cn-shanghai',
    IMM_ENDPOINT: emulator.url,
    MTS_ENDPOINT: emulator.url,
    STS_ENDPOINT: emulator.url,
  };
  const said: string[] = [];
  return {
    emulator,
    environment,
    said,
    async run(more = {}) {
      const settings = readSettings({ ...environment, ...more });
      if (settings === undefined) throw new Error('the environment asks for no live run');
      said.length = 0;
      return runLive(settings, (line) => said.push(line), FAST);
    },
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The answer to a question. */
export function answerTo({ transcript }: LiveResult, question: string): string | undefined {
  return transcript.answers.find((answer) => answer.question === question)?.answer;
}
