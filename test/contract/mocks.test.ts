import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { FUNCTIONS } from '../../provider/hosts/functions.js';
import { functionToken } from '../../provider/lifecycle/description.js';
import { MockedProject, type Outcome } from '../support/cli/mocked-project.js';
import { PEERS } from '../support/dynamic/dynamic-process.js';
import { exampleInputs } from '../support/links/example-inputs.js';

const TOKEN = 'alicloud-media:imm:getDatasetBinding';
const LINK = { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' };
const args = (uri = LINK.uri) => JSON.stringify({ ...LINK, uri });

/** Providers of every kind; a component hands each down as that of the dynamic resources. */
const PROVIDERS = `
const providers = {
  own: new Provider('own', { region: 'cn-beijing' }),
  copied: new (require('second-copy').Provider)('copied', { region: 'cn-beijing' }),
  bare: new pulumi.ProviderResource('pulumi-nodejs', 'bare', {}),
  alicloud: new pulumi.ProviderResource('alicloud', 'alicloud', {}),
  plugin: new pulumi.ProviderResource('alicloud-media', 'plugin', {}),
};
const component = (name, options) => new pulumi.ComponentResource('test:index:Component', name, {}, options);
const parents = Object.fromEntries(
  Object.entries(providers).map(([name, each]) => [name, component(name, { providers: { 'pulumi-nodejs': each } })]),
);
// What a component has for its other children is not for its links.
parents.mixed = component('mixed', { provider: providers.alicloud });
`;

const BINDINGS = `${PROVIDERS}
const { projectName, datasetName, uri } = new imm.DatasetBinding('made', ${args()});
shown('plain', imm.getDatasetBinding(${args('oss://plain')}));
shown('outputs', imm.getDatasetBinding({ projectName, datasetName, uri, region: 'cn-beijing' }).state);
shown('failed', imm.getDatasetBinding(${args('oss://fails')}));
for (const [name, provider] of Object.entries(providers))
  trying(() => imm.getDatasetBinding({ ...${args()}, uri: 'oss://' + name }, { provider }));
for (const [name, parent] of Object.entries(parents))
  trying(() => imm.getDatasetBinding({ ...${args()}, uri: 'oss://below-' + name }, { parent }));
`;

/** Each function, with the arguments of its examples. */
const EVERY = FUNCTIONS.map((each) => ({ description: each.description, args: exampleInputs(each) }));
const ASKED = EVERY.map(
  ({ description: { module, name }, args: given }) =>
    `shown('${module}.${name}', ${module}.${name}(${Object.keys(given).length > 0 ? JSON.stringify(given) : ''}));`,
).join('\n');

const LINKS = `
pulumi.runtime.resetOptions('project', 'stack', -1, '', '', false, '');
trying(() => imm.getDatasetBinding(${args()}));
pulumi.runtime.setMocks(mocks);
${PROVIDERS}
for (const [name, provider] of Object.entries(providers))
  trying(() => new imm.DatasetBinding(name, { ...${args()}, uri: 'oss://' + name }, { provider }));
for (const [name, parent] of Object.entries(parents))
  trying(() => new mps.OutputBucket(name, { bucket: 'below-' + name }, { parent }));
for (const id of ['', undefined, null]) {
  trying(() => imm.DatasetBinding.get('binding', id));
  trying(() => mps.OutputBucket.get('bucket', id));
}
trying(() => new mps.OutputBucket('made', { bucket: 'never-made' }, { id: '' }));
trying(() => new mps.OutputBucket('plain', { bucket: 'plain' }, { id: undefined }));
`;

describe.each(Object.entries(PEERS))(
  'under the mocks of a unit test, with the %s @pulumi/pulumi of the peer range',
  (_, peer) => {
    let emulator: Emulator;
    let project: MockedProject;
    let functions: Outcome;
    let links: Outcome;
    let every: Outcome;
    beforeAll(async () => {
      emulator = await startEmulator();
      project = MockedProject.make(peer, emulator.url);
      functions = await project.run(BINDINGS);
      links = await project.run(LINKS);
      every = await project.run(ASKED);
    });
    afterAll(async () => {
      project?.remove();
      await emulator.close();
    });

    it('the mock is asked for a binding as for any function, and nothing is sent', () => {
      expect(functions.exported).toEqual({
        plain: { id: 'mocked', state: 'Stopped', phase: '', reason: 'mocked', createTime: 'never' },
        outputs: 'Stopped',
      });
      expect(functions.errors).toContain('the mock says no');
      expect(new Set(functions.asked.map(({ token }) => token))).toEqual(new Set([TOKEN]));
      expect(functions.asked.map(({ inputs }) => inputs)).toEqual(
        expect.arrayContaining([
          { ...LINK, uri: 'oss://plain' },
          { ...LINK, region: 'cn-beijing' },
        ]),
      );
      expect(emulator.journal()).toEqual([]);
    });

    it('the mock is asked for every function, in the words of the program', () => {
      expect(every.errors).toEqual([]);
      expect(Object.keys(every.exported)).toHaveLength(FUNCTIONS.length);
      expect(Object.fromEntries(every.asked.map(({ token, inputs }) => [token, inputs]))).toEqual(
        Object.fromEntries(EVERY.map((each) => [functionToken(each.description), each.args])),
      );
      expect(emulator.journal()).toEqual([]);
    });

    it('where neither an engine nor a mock is there, a function asks nobody', () => {
      expect(links.errors[0]).toMatch(/^getDatasetBinding: no engine runs this program.*setMocks/);
      expect(emulator.journal()).toEqual([]);
    });

    it('a function asks as a Provider of whichever copy of the package, and refuses one that it cannot read', () => {
      const asked = functions.asked.map(
        ({ inputs, provider = '' }) => `${inputs.uri} as ${provider.split('::').at(-2)}`,
      );
      expect(asked.sort()).toEqual([
        'oss://below-copied as copied',
        'oss://below-mixed as undefined',
        'oss://below-own as own',
        'oss://copied as copied',
        'oss://fails as undefined',
        'oss://originals as undefined',
        'oss://own as own',
        'oss://plain as undefined',
      ]);
      const refusals = functions.errors.filter((message) => message !== 'the mock says no');
      expect(refusals).toHaveLength(6);
      for (const [index, name] of ['pulumi-nodejs', 'alicloud', 'alicloud-media'].entries())
        for (const [at, where] of [
          [index, 'the option provider'],
          [index + 3, 'the provider of the option parent'],
        ] as const)
          expect(refusals[at]).toMatch(
            `getDatasetBinding: ${where} is a provider of ${name} that is no Provider of pulumi-alicloud-media. Its ` +
              'configuration cannot be read, and that of the stack may lead to another account. Give a Provider',
          );
    });

    it('a link takes a provider of dynamic resources, and refuses one of another package', () => {
      const made = links.made.filter(({ type }) => type.startsWith('pulumi-nodejs:dynamic/'));
      expect(made.map(({ inputs }) => inputs.bucket ?? inputs.uri).sort()).toEqual([
        'below-bare',
        'below-copied',
        'below-mixed',
        'below-own',
        'oss://bare',
        'oss://copied',
        'oss://own',
        'plain',
      ]);
      expect(links.errors.slice(1, 5)).toEqual([
        "imm.DatasetBinding 'alicloud': the option provider is a provider of alicloud, which does not know this resource. " +
          'Give it a Provider of pulumi-alicloud-media, or leave the option out to use the configuration of the stack.',
        expect.stringMatching(
          "^imm.DatasetBinding 'plugin': the option provider is a provider of alicloud-media, .*classes of pulumi-alicloud-media-plugin",
        ),
        expect.stringMatching(
          "^mps.OutputBucket 'alicloud': what its parent has as the provider of pulumi-nodejs is a provider of alicloud,",
        ),
        expect.stringMatching("^mps.OutputBucket 'plugin': what its parent has"),
      ]);
    });

    it('a get of nothing says what an id is', () => {
      expect(links.errors.slice(5)).toEqual([
        "imm.DatasetBinding 'binding': the id to get is empty. An id is {region}/{projectName}/{datasetName}/{uri}, such as cn-shanghai/my-project/my-dataset/oss://my-bucket.",
        "mps.OutputBucket 'bucket': the id to get is empty. An id is {region}/{bucket}, such as cn-shanghai/my-bucket.",
        expect.stringMatching("^mps.OutputBucket 'made': the id to get is empty"),
      ]);
    });
  },
);
