import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  stack = await Stack.make({ emulator, program: '', resident: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

/** What a preview says of each property, by property. Nothing may be sent for it. */
async function failures(environment: NodeJS.ProcessEnv = {}): Promise<Record<string, string>> {
  const text = await stack.fail(['preview'], environment);
  expect(emulator.journal()).toEqual([]);
  const diagnostics = text.slice(text.indexOf('Diagnostics:'));
  const found = diagnostics.matchAll(/property (\S+) value \{.*?\} has a problem: (.*)/g);
  return Object.fromEntries([...found].map(([, property, reason]) => [property, reason]));
}

it('names property, value and rule of every bad argument of a resource at once', async () => {
  stack.write(`
new imm.DatasetBinding('binding', {
  projectName: '1st', datasetName: 'all videos', uri: 'oss://originals/2024', region: 'Shanghai', adopt: 'yes', prefix: 'x',
});`);
  expect(await failures()).toEqual({
    projectName:
      '"1st" is no projectName: it must be 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".',
    datasetName:
      '"all videos" is no datasetName: it must be 1 to 128 letters, digits, "-" or "_", beginning with a letter or "_".',
    uri: '"oss://originals/2024" is no uri: it must be oss:// and the name of the bucket without a path: 3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit.',
    region: '"Shanghai" is no region: it must be the id of a region, such as cn-shanghai.',
    adopt: '"yes" is no adopt: it must be true or false.',
    prefix:
      'imm.DatasetBinding has no argument "prefix"; it takes projectName, datasetName, uri, region, adopt, skipAwait, dataset, customTimeouts.',
  });
});

it.runIf(IS_WIDE)(
  'refuses a region that the service does not list, and names those that are most like it',
  async () => {
    const unlisted = { IMM_ENDPOINT: undefined, MTS_ENDPOINT: undefined };
    stack.write(`new mps.OutputBucket('bucket', { bucket: 'renditions', region: 'cn-shanghia' });`);
    expect(await failures(unlisted)).toEqual({
      region: expect.stringMatching(
        /^MPS does not list the region 'cn-shanghia'; nearest: cn-shanghai, .*give its endpoint: MTS_ENDPOINT/,
      ),
    });
    // With an endpoint for the service any region passes: it may be a new one.
    await stack.succeed('preview');
    expect(emulator.journal()).toEqual([]);
  },
);

it.runIf(IS_WIDE)('fails where no region is found, instead of taking one', async () => {
  stack.write(`new mps.OutputBucket('bucket', { bucket: 'Renditions' });`);
  expect(await failures({ ALIBABA_CLOUD_REGION: undefined })).toEqual({
    bucket: expect.stringMatching(/^"Renditions" is no bucket: it must be 3 to 63 lower-case letters/),
    region:
      'no region is given: set the argument region, or `pulumi config set alicloud:region <region>`, or ALICLOUD_REGION.',
  });
});
