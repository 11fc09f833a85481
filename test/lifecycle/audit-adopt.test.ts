import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AuditReport } from '../../cli/audit/report.js';
import { type Emulator, type KeyPair, startEmulator } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { commandLine, type Ended } from '../support/cli/command-line.js';
import { Stack } from '../support/cli/stack.js';
import { IS_FULL, IS_WIDE } from '../support/extent.js';

const ROOT = resolve(__dirname, '../..');
const REGIONS = ['cn-shanghai', 'cn-beijing', 'cn-hangzhou', 'cn-shenzhen', 'ap-southeast-1', 'eu-central-1'];
const KEYS: readonly KeyPair[] = ['shop', 'press', 'film'].map((name, index) => ({
  accessKeyId: `${name}-key`,
  accessKeySecret: `${name}-secret`,
  account: `100000000000000${index + 1}`,
}));
const LINKS = 400;
const PROFILES = KEYS.flatMap(({ accessKeyId }) => ['--profile', accessKeyId]);

let emulator: Emulator;
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  emulator = await startEmulator({ keys: KEYS, limits: false, runningAfter: 0 });
  mkdirSync(join(ROOT, '.test'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.test/adopt-'));
  const made = makeEnvironment({ folder, url: emulator.url });
  const { ALIBABA_CLOUD_CREDENTIALS_FILE: _, ...own } = made;
  environment = own;
  const profiles = KEYS.map(({ accessKeyId, accessKeySecret }) => ({
    name: accessKeyId,
    mode: 'AK',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    region_id: 'cn-shanghai',
  }));
  mkdirSync(join(folder, 'home/.aliyun'), { recursive: true });
  writeFileSync(join(folder, 'home/.aliyun/config.json'), JSON.stringify({ current: 'shop-key', profiles }));
});
beforeEach(() => {
  emulator.reset();
  for (const { account } of KEYS) for (const region of REGIONS) addLinks(account, region);
  for (let more = 0; emulator.links().length < LINKS; more++)
    emulator.bindOutputBucket(`more-${more}`, { account: KEYS[0]?.account });
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As people make them by hand: names that would give one name if they were only joined, and words that a program must quote. */
function addLinks(account: string, region: string): void {
  const where = { account, region };
  for (const project of ['media', 'media-old']) emulator.createProject(project, where);
  emulator.changeProject('media', { Description: `O'Brien's "\${best}" \`clips\`` }, where);
  for (const [project, dataset] of [
    ['media', 'old-clips'],
    ['media-old', 'clips'],
  ] as const) {
    emulator.createDataset(project, dataset, where);
    for (let bucket = 0; bucket < 6; bucket++)
      emulator.createBinding({ ...where, project, dataset, bucket: `b-${bucket}` });
  }
  emulator.attachBucket('media', 'thumbs', where);
  for (const bucket of ['in', 'both']) emulator.bindInputBucket(`${bucket}-x`, where);
  for (const bucket of ['out', 'both']) emulator.bindOutputBucket(`${bucket}-x`, where);
}

const audit = (...args: readonly string[]): Promise<Ended> =>
  commandLine(['audit', ...PROFILES, ...args], { environment });

/** Up, an empty preview and a destroy of one program, as it was written. */
async function lives(project: string): Promise<void> {
  const [account = '', region = ''] = basename(project).split(/-(.*)/s);
  const key = KEYS.find((each) => each.account === account);
  const before = emulator.contents().accounts[account]?.[region];
  expect(before?.bindings).toHaveLength(12);
  if (existsSync(join(project, 'package.json'))) {
    mkdirSync(join(project, 'node_modules'), { recursive: true });
    symlinkSync(join(ROOT, 'bin'), join(project, 'node_modules/.bin'));
  }
  const stack = await Stack.make({
    emulator,
    folder: project,
    program: '',
    environment: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: key?.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: key?.accessKeySecret,
      ALIBABA_CLOUD_REGION: undefined,
    },
  });
  // The program is the one that was written.
  rmSync(join(project, 'index.js'));
  emulator.clearJournal();
  await stack.up();
  expect(emulator.journal().filter(({ action }) => /^(Create|Bind|Attach|Update)/.test(action))).toEqual([]);
  await stack.succeed('preview', '--expect-no-changes');
  await stack.destroy();
  stack.remove();
  const {
    projects,
    datasets,
    mediaBuckets,
    attachments = [],
  } = emulator.contents().accounts[account]?.[region] ?? {
    projects: [],
    datasets: [],
    mediaBuckets: [],
  };
  const left = mediaBuckets.filter(
    ({ bucket, deletedAt }) => deletedAt === null && !bucket.startsWith('more-'),
  );
  expect({ projects, datasets, attachments, left }).toEqual({
    projects: [],
    datasets: [],
    attachments: [],
    left: [],
  });
}

const cases = (IS_WIDE ? (['yaml', 'typescript'] as const) : (['yaml'] as const)).map((language) => ({
  language,
}));

it.each(cases)(
  '400 links in 3 accounts and 6 regions: a program in $language for each takes them over with one up, previews empty, and removes all of them',
  async ({ language }) => {
    const code = join(folder, language);
    const { code: exit, err } = await audit('--adopt-code', code, '--language', language);
    expect(exit, err).toBe(1);
    const written = [...err.matchAll(/^Wrote (.*)$/gm)].map(([, project = '']) => project);
    expect(written).toHaveLength(KEYS.length * REGIONS.length);
    // A program in TypeScript costs four times one in YAML. All of both: npm run test:full.
    const some = language === 'yaml' ? [1, 7, 16] : [10];
    const lived =
      IS_FULL && language === 'yaml' ? written : written.filter((_, index) => some.includes(index));
    for (const project of lived) await lives(project);
  },
);

it('writes over nothing, and says no name twice for two ids', async () => {
  const code = join(folder, 'again');
  await audit('--adopt-code', code);
  const refused = await audit('--adopt-code', code);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('is there and not empty');
  const program = readFileSync(join(code, `${KEYS[2]?.account}-cn-beijing/index.ts`), 'utf8');
  const names = [...program.matchAll(/new \w+\.(\w+)\("([^"]+)"/g)].map(
    ([, type, name]) => `${type} ${name}`,
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(20);
});

it('an import file names type, name and id of each for `pulumi import`, of one account', async () => {
  const file = join(folder, 'import.json');
  const several = await audit('--import-file', file);
  expect(several.code).toBe(2);
  expect(several.err).toContain('one stack imports from one account');
  const { out } = await commandLine(
    ['audit', '--profile', 'film-key', '--region', 'cn-shenzhen', '--import-file', file, '--json'],
    { environment },
  );
  const { findings } = JSON.parse(out) as AuditReport;
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    resources: { type: string; id: string }[];
  };
  expect(resources.map(({ id }) => id).sort()).toEqual(
    findings.flatMap(({ kind, id }) => (kind === 'dangling' ? [id] : [])).sort(),
  );
  expect(resources.every(({ type }) => type.startsWith('alicloud-media:'))).toBe(true);
  const ids = resources.map(({ id }) => id);
  expect(ids.indexOf('cn-shenzhen/media')).toBeLessThan(ids.indexOf('cn-shenzhen/media/old-clips'));
});
