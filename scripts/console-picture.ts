import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import RPCClient from '@alicloud/pop-core';
import { type Emulator, startEmulator } from '../emulator/index.js';
import { TEST_KEY } from '../emulator/test-key.js';
import { findChromium } from './chromium/find.js';
import { openBrowser } from './chromium/open.js';
import { findRoot } from './root.js';

type Params = Readonly<Record<string, string>>;
type Call = readonly [version: string, action: string, params: Params];

const IMM = '2020-09-30';
const MTS = '2014-06-18';
const MEDIA = { ProjectName: 'media' };
const VIDEOS = { ...MEDIA, DatasetName: 'videos' };
const STILLS = { ...MEDIA, DatasetName: 'stills' };
const UPLOADS = { ...VIDEOS, URI: 'oss://uploads' };
const POSTERS = { ...STILLS, URI: 'oss://posters' };

/** From the leaves up, as a destroy goes, with a look before and after each. */
const DESTROY: readonly Call[] = [
  [IMM, 'ListBindings', VIDEOS],
  [IMM, 'ListBindings', STILLS],
  [MTS, 'ListAllMediaBucket', {}],
  [IMM, 'DeleteBinding', UPLOADS],
  [IMM, 'DeleteBinding', POSTERS],
  [IMM, 'DeleteBinding', POSTERS],
  [MTS, 'UnbindInputBucket', { Bucket: 'uploads' }],
  [MTS, 'UnbindOutputBucket', { Bucket: 'renditions' }],
  [IMM, 'ListBindings', VIDEOS],
  [IMM, 'ListBindings', STILLS],
  [MTS, 'ListAllMediaBucket', {}],
  [IMM, 'DetachOSSBucket', { OSSBucket: 'uploads' }],
  [IMM, 'GetOSSBucketAttachment', { OSSBucket: 'uploads' }],
  [IMM, 'DeleteDataset', VIDEOS],
  [IMM, 'DeleteDataset', STILLS],
  [IMM, 'GetDataset', VIDEOS],
  [IMM, 'GetDataset', STILLS],
  [IMM, 'DeleteProject', MEDIA],
  [IMM, 'GetProject', MEDIA],
];
/** Milliseconds from one call to the next, so that the timeline has the width of a real run. */
const PAUSE = 180;

/** Shows a destroy to the console, and writes what it looks like for docs/internals/emulator.md. */
export async function main(): Promise<number> {
  const emulator = await startEmulator({ keys: [TEST_KEY], latency: 20 });
  const browser = await openBrowser(await findChromium());
  try {
    build(emulator);
    const context = await browser.context({ viewport: { width: 1460, height: 960 }, locale: 'en' });
    const page = await context.newPage();
    await page.goto(`${emulator.url}/_emulator/console`);
    await destroy(emulator);
    await page.getByRole('rowheader', { name: 'GetProject' }).waitFor({ timeout: 10_000 });
    await page.getByRole('combobox', { name: 'Timeline' }).selectOption('');
    const folder = join(findRoot(), 'docs', 'pictures');
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, 'console.png') });
  } finally {
    await browser.close();
    await emulator.close();
  }
  process.stdout.write('Written: docs/pictures/console.png\n');
  return 0;
}

/** One stack that goes, and another that stays. */
function build(emulator: Emulator): void {
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createDataset('media', 'stills');
  emulator.createBinding({ project: 'media', dataset: 'videos', bucket: 'uploads' });
  emulator.createBinding({ project: 'media', dataset: 'stills', bucket: 'posters' });
  emulator.attachBucket('media', 'uploads');
  emulator.bindInputBucket('uploads');
  emulator.bindOutputBucket('renditions');
  emulator.createProject('archive');
  emulator.createDataset('archive', 'films');
  emulator.createBinding({ project: 'archive', dataset: 'films', bucket: 'masters' });
  emulator.bindOutputBucket('previews');
  emulator.addFault({ kind: 'unavailable-503', action: 'DeleteBinding', skip: 1 });
}

async function destroy(emulator: Emulator): Promise<void> {
  for (const [apiVersion, action, params] of DESTROY) {
    const client = new RPCClient({ endpoint: emulator.url, apiVersion, ...TEST_KEY });
    // That it is gone, and that the service was away for once, is an error, and belongs into the picture.
    await client.request(action, params, { method: 'POST' }).catch(() => undefined);
    await sleep(PAUSE);
  }
}
