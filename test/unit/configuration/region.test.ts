import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointFor, regionProblem } from '../../../provider/alicloud/sending/endpoint.js';
import { regionsOf } from '../../../provider/alicloud/sending/services.js';
import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import { titleOf } from '../../../provider/lifecycle/description.js';
import { LifecycleWorld } from '../../support/lifecycle/lifecycle-world.js';
import { problems, read } from './read.js';

/** Region ids that Alibaba Cloud has, beside those that IMM or MPS lists. */
const OTHERS = [
  'rus-west-1',
  'me-central-1',
  'na-south-1',
  'cn-heyuan-acdr-1',
  'cn-wuhan-lr',
  'cn-zhengzhou-jva',
  'cn-north-2-gov-1',
  'cn-hangzhou-finance',
  'cn-shanghai-finance-1',
];
const REGIONS = [...new Set([...regionsOf('imm'), ...regionsOf('mts'), ...OTHERS])];
const NONE = [
  'shanghai',
  'Shanghai',
  'cn-',
  'cn--shanghai',
  'cn-shanghai-',
  'c-shanghai',
  'cn_shanghai',
  'cn-shanghai.example.com',
  'cn-shanghai/x',
  ' cn-shanghai',
  'cn-shanghai\n',
];
const RULE = 'must be the id of a region, such as cn-shanghai';

function profileWith(region: unknown): { file: string; config: Record<string, string> } {
  const file = join(mkdtempSync(join(tmpdir(), 'region-')), 'config.json');
  writeFileSync(file, JSON.stringify({ profiles: [{ name: 'media', mode: 'AK', region_id: region }] }));
  return { file, config: { 'alicloud:profile': 'media', 'alicloud:sharedCredentialsFile': file } };
}

/** Whether a region is taken, by the place that it comes from. */
const PLACES: Readonly<Record<string, (region: string) => boolean>> = {
  'the configuration': (region) => problems({ 'alicloud:region': region }).length === 0,
  'the environment': (region) => problems({}, { ALICLOUD_REGION: region }).length === 0,
  'a profile that is named': (region) => problems(profileWith(region).config).length === 0,
  'the host of a service': (region) => {
    try {
      return endpointFor('imm', region, read({})).startsWith('https://');
    } catch {
      return false;
    }
  },
  'a region that an endpoint is given for': (region) =>
    regionProblem('imm', region, read({}, { IMM_ENDPOINT: 'imm.example.com' })) === undefined,
  ...Object.fromEntries(
    LIFECYCLES.flatMap((lifecycle) => {
      const { description } = lifecycle;
      const context = { region: undefined, adoptable: new Set<string>(), regionProblem: () => undefined };
      const argument = (region: string) =>
        lifecycle.check({ region }, context).failures.every(({ property }) => property !== 'region');
      const id = (region: string) =>
        lifecycle.inputsOf(description.idExample.replace('cn-shanghai', region)) !== undefined;
      return [
        [`the argument of ${titleOf(description)}`, argument],
        [`the id of ${titleOf(description)}`, id],
      ];
    }),
  ),
};

test.each(Object.entries(PLACES))('one rule says what is a region in %s', (_, takes) => {
  expect(REGIONS.filter((region) => !takes(region))).toEqual([]);
  expect(NONE.filter(takes)).toEqual([]);
});

test.each(['Shanghai', 5, { secret: 'hidden-word' }])(
  'the region_id %j of a profile that is named is told, not passed over, and not shown',
  (region) => {
    const { file, config } = profileWith(region);
    expect(problems(config)).toEqual([`region_id of profile 'media' in ${file} ${RULE}.`]);
    // What is given in front of it wins, so it is the matter of nobody.
    expect(problems({ ...config, 'alicloud:region': 'cn-shanghai' })).toEqual([]);
  },
);

test.each([undefined, null, ''])('a profile whose region_id is %j names no region', (region) => {
  expect(read(profileWith(region).config).region).toBeUndefined();
});

describe('a link in a region that no document lists', () => {
  let world: LifecycleWorld;
  beforeAll(async () => {
    world = await LifecycleWorld.start();
  });
  afterAll(() => world.close());

  test.each(['steps', 'plugin'] as const)('is made, refreshed and removed on the %s', async (server) => {
    const region = 'rus-west-1';
    world.server = server;
    world.begin({ config: { 'alicloud:region': region } });
    world.emulator.createProject('media', { region });
    world.emulator.createDataset('media', 'videos', { region });
    const { binding, bucket } = world.served;
    const given = [
      [binding, { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' }],
      [bucket, { bucket: 'renditions' }],
    ] as const;
    for (const [steps, args] of given) {
      const { inputs, failures } = await steps.check(args);
      expect(failures).toEqual([]);
      const { id, outputs } = await steps.create(inputs);
      expect((await steps.read(id, outputs))?.inputs).toEqual(inputs);
      await steps.delete(id, outputs);
    }
    expect(world.emulator.isEmpty()).toBe(true);
  });
});
