import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../emulator/index.js';
import { askInProgram } from '../../provider/hosts/asking.js';
import { FUNCTIONS } from '../../provider/hosts/functions.js';
import { functionTitle } from '../../provider/lifecycle/description.js';
import type { Properties } from '../support/dynamic/provider-process.js';
import { InProcessPlugin } from '../support/plugin/in-process-plugin.js';

const REGION = 'cn-shanghai';
const PROJECT = { projectName: 'media', region: REGION };
const DATASET = { ...PROJECT, datasetName: 'videos' };
const TIME = expect.stringMatching(/^\d{4}-.*\.\d{9}\+08:00$/);
const bindingId = (dataset: string, bucket: string) => `${REGION}/media/${dataset}/oss://${bucket}`;

/** One call of a function in a world, and what it comes to. */
interface Question {
  readonly name: string;
  readonly title: string;
  readonly args: Properties;
  readonly before?: (emulator: Emulator) => void;
  /** The answer, or the text of the error. */
  readonly answer: unknown;
  /** The requests about what is asked for. */
  readonly requests: readonly string[];
}

const QUESTIONS: readonly Question[] = [
  {
    name: 'a project as the service shows it, numbers above 2^53 as text, without counts',
    title: 'imm.getProject',
    args: PROJECT,
    before: (emulator) =>
      emulator.changeProject('media', {
        Description: 'Videos of the shop',
        TemplateId: 'Official:ImageManagement',
        ProjectMaxDatasetCount: 5,
        DatasetMaxBindCount: 7,
        DatasetMaxTotalFileSize: 9e16,
        Tags: [{ TagKey: 'team', TagValue: 'media' }],
        Unheard: 'of',
      }),
    answer: {
      id: `${REGION}/media`,
      description: 'Videos of the shop',
      serviceRole: 'AliyunIMMDefaultRole',
      templateId: 'Official:ImageManagement',
      projectMaxDatasetCount: 5,
      datasetMaxBindCount: 7,
      datasetMaxTotalFileSize: '90000000000000000',
      tags: { team: 'media' },
      createTime: TIME,
      updateTime: expect.any(String),
    },
    requests: ['GetProject'],
  },
  {
    name: 'a project with counts, and what the service leaves out of it',
    title: 'imm.getProject',
    args: { ...PROJECT, withStatistics: true },
    before: (emulator) => emulator.addEntries('media', 'videos', ['oss://originals/1', 'oss://originals/2']),
    answer: {
      id: `${REGION}/media`,
      description: '',
      serviceRole: 'AliyunIMMDefaultRole',
      templateId: '',
      tags: {},
      createTime: TIME,
      updateTime: TIME,
      datasetCount: '2',
      fileCount: '2',
      totalFileSize: '0',
    },
    requests: ['GetProject'],
  },
  {
    name: 'no project',
    title: 'imm.getProject',
    args: { ...PROJECT, projectName: 'missing' },
    answer:
      /^cannot read imm\.Project cn-shanghai\/missing: it does not exist: IMM GetProject: ResourceNotFound: /,
    requests: ['GetProject'],
  },
  {
    name: 'a dataset with counts',
    title: 'imm.getDataset',
    args: { ...DATASET, withStatistics: true },
    before(emulator) {
      emulator.createBinding(bindingId('videos', 'originals'));
      emulator.addEntries('media', 'videos', ['oss://originals/1']);
    },
    answer: {
      id: `${REGION}/media/videos`,
      description: '',
      templateId: '',
      datasetMaxBindCount: 10,
      datasetMaxFileCount: 100_000_000,
      datasetMaxEntityCount: '10000000000',
      datasetMaxRelationCount: '100000000000',
      datasetMaxTotalFileSize: '90000000000000000',
      createTime: TIME,
      updateTime: TIME,
      bindCount: '1',
      fileCount: '1',
      totalFileSize: '0',
    },
    requests: ['GetDataset'],
  },
  {
    name: 'no dataset',
    title: 'imm.getDataset',
    args: { ...DATASET, datasetName: 'missing' },
    answer:
      /^cannot read imm\.Dataset cn-shanghai\/media\/missing: it, or its project media, does not exist: IMM GetDataset: ResourceNotFound: /,
    requests: ['GetDataset'],
  },
  {
    name: 'one binding',
    title: 'imm.getDatasetBinding',
    args: { ...DATASET, uri: 'oss://originals' },
    before: (emulator) => emulator.createBinding(bindingId('videos', 'originals')),
    answer: {
      id: bindingId('videos', 'originals'),
      state: 'Running',
      phase: 'IncrementalScanning',
      reason: '',
      createTime: TIME,
    },
    requests: ['GetBinding'],
  },
  {
    name: 'no binding',
    title: 'imm.getDatasetBinding',
    args: { ...DATASET, uri: 'oss://missing' },
    answer:
      /^cannot read imm\.DatasetBinding cn-shanghai\/media\/videos\/oss:\/\/missing: it does not exist\.$/,
    requests: ['GetBinding', 'ListBindings'],
  },
  {
    name: 'the bindings of a dataset, all pages, without those of another and one that is deleted',
    title: 'imm.getDatasetBindings',
    args: DATASET,
    before(emulator) {
      for (let index = 0; index < 450; index++)
        emulator.createBinding(bindingId('videos', `bucket-${String(index).padStart(3, '0')}`));
      emulator.createBinding(bindingId('images', 'elsewhere'));
      emulator.deleteBinding(bindingId('videos', 'bucket-007'));
    },
    answer: {
      bindings: Array.from({ length: 450 }, (_, index) => `bucket-${String(index).padStart(3, '0')}`)
        .filter((bucket) => bucket !== 'bucket-007')
        .map((bucket) => rowOf('videos', bucket)),
    },
    requests: ['ListBindings', 'ListBindings', 'ListBindings'],
  },
  {
    name: 'the bindings of a project, dataset by dataset',
    title: 'imm.getDatasetBindings',
    args: PROJECT,
    before(emulator) {
      emulator.createBinding(bindingId('videos', 'originals'));
      emulator.createBinding(bindingId('images', 'originals'));
    },
    answer: { bindings: [rowOf('images', 'originals'), rowOf('videos', 'originals')] },
    requests: ['ListDatasets', 'ListBindings', 'ListBindings'],
  },
  {
    name: 'no dataset to list',
    title: 'imm.getDatasetBindings',
    args: { ...DATASET, datasetName: 'missing' },
    answer:
      /^cannot read the bindings of cn-shanghai\/media\/missing: the project media or its dataset missing does not exist: IMM ListBindings: ResourceNotFound: /,
    requests: ['ListBindings'],
  },
  {
    name: 'no project to list',
    title: 'imm.getDatasetBindings',
    args: { ...PROJECT, projectName: 'missing' },
    answer:
      /^cannot read the bindings of cn-shanghai\/missing: the project missing does not exist: IMM ListDatasets: ResourceNotFound: /,
    requests: ['ListDatasets'],
  },
  {
    name: 'media buckets of both kinds',
    title: 'mps.getMediaBuckets',
    args: { region: REGION },
    before(emulator) {
      emulator.bindOutputBucket('renditions');
      emulator.bindInputBucket('renditions');
    },
    answer: {
      buckets: [
        { bucket: 'renditions', type: 'Output' },
        { bucket: 'renditions', type: 'Input' },
      ],
      mayBeCut: false,
    },
    requests: ['ListAllMediaBucket'],
  },
  {
    name: 'a listing of media buckets that may be cut off',
    title: 'mps.getMediaBuckets',
    args: { region: REGION },
    before(emulator) {
      for (let index = 0; index < 120; index++) emulator.bindOutputBucket(`bucket-${index}`);
    },
    answer: {
      buckets: Array.from({ length: 100 }, (_, index) => ({ bucket: `bucket-${index}`, type: 'Output' })),
      mayBeCut: true,
    },
    requests: ['ListAllMediaBucket', 'ListAllMediaBucket'],
  },
  {
    name: 'a listing of media buckets of two pages',
    title: 'mps.getMediaBuckets',
    args: { region: REGION },
    before(emulator) {
      emulator.set({ listingEndsAt100: false });
      for (let index = 0; index < 120; index++) emulator.bindOutputBucket(`bucket-${index}`);
    },
    answer: {
      buckets: Array.from({ length: 120 }, (_, index) => ({ bucket: `bucket-${index}`, type: 'Output' })),
      mayBeCut: false,
    },
    requests: ['ListAllMediaBucket', 'ListAllMediaBucket'],
  },
];

function rowOf(datasetName: string, bucket: string): Properties {
  return {
    id: bindingId(datasetName, bucket),
    datasetName,
    uri: `oss://${bucket}`,
    state: 'Running',
    phase: 'IncrementalScanning',
    reason: '',
    createTime: TIME,
  };
}

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 0 });
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.reset();
  emulator.set({ listingEndsAt100: true });
  emulator.createProject('media');
  for (const name of ['videos', 'images']) emulator.createDataset('media', name);
});

/** Each host: the answer or the error of one call. */
const HOSTS = {
  'in a program': (title: string, args: Properties) =>
    askInProgram(title, args, configured('alicloud:'), { run: {}, say: () => {} }),
  'in the plugin': async (title: string, args: Properties) => {
    const plugin = new InProcessPlugin(undefined, { environment: {}, log: SILENT });
    await plugin.configure(configured(''));
    const { result, failures } = await plugin.invoke(`alicloud-media:${title.replace('.', ':')}`, args);
    if (result !== undefined) return result;
    throw new Error(Object.entries(failures).join('\n'));
  },
} as const;
const SILENT = { say: () => {}, flush: async () => {} };

function configured(prefix: string): Record<string, string> {
  const { url } = emulator;
  return {
    [`${prefix}accessKey`]: TEST_ACCESS_KEY_ID,
    [`${prefix}secretKey`]: TEST_ACCESS_KEY_SECRET,
    [`${prefix}endpoints`]: JSON.stringify({ imm: url, mts: url, sts: url }),
  };
}

describe.each(Object.entries(HOSTS))('a function %s', (_, ask) => {
  it.each(QUESTIONS)('$title: $name', async ({ title, args, before, answer, requests }) => {
    before?.(emulator);
    emulator.clearJournal();
    const given = await ask(title, args).catch((error: Error) => error.message);
    if (answer instanceof RegExp) expect(given).toMatch(answer);
    else expect(given).toEqual(answer);
    const asked = emulator.journal().filter(({ service }) => service !== 'sts');
    expect(asked.map(({ action }) => action)).toEqual(requests);
  });

  it.each(FUNCTIONS.map(({ description }) => ({ title: functionTitle(description), description })))(
    '$title: says what is wrong with its arguments all at once, and sends nothing',
    async ({ title, description }) => {
      const args = Object.keys(description.args);
      const wrong = Object.fromEntries(args.map((name) => [name, { is: 'wrong' }]));
      emulator.clearJournal();
      const text = await ask(title, { ...wrong, adopt: true }).catch((error: Error) => error.message);
      for (const name of args) expect(text).toMatch(new RegExp(`is no ${name}: it must be `));
      expect(text).toContain(`${title} has no argument "adopt"; it takes ${args.join(', ')}.`);
      expect(emulator.journal()).toEqual([]);
    },
  );
});

it('has a question of every function', () => {
  expect([...new Set(QUESTIONS.map(({ title }) => title))].sort()).toEqual(
    FUNCTIONS.map(({ description }) => functionTitle(description)).sort(),
  );
});
