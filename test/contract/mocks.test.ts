import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { getDatasetBinding } from '../../provider/imm/get-dataset-binding.js';
import { PEERS } from '../dynamic-process.js';
import { MockedProject } from '../mocked-project.js';

const TOKEN = `alicloud-media:${getDatasetBinding.module}:${getDatasetBinding.name}`;
const LINK = { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' };
const args = (uri = LINK.uri) => JSON.stringify({ ...LINK, uri });

describe.each(Object.entries(PEERS))(
  'under the mocks of a unit test, with the %s @pulumi/pulumi of the peer range',
  (_, peer) => {
    let emulator: Emulator;
    let project: MockedProject;
    beforeAll(async () => {
      emulator = await startEmulator();
      project = MockedProject.make(peer, emulator.url);
    });
    afterAll(async () => {
      project?.remove();
      await emulator.close();
    });

    it('the mock is asked for a binding as for any function, and nothing is sent', async () => {
      const { asked, made, exported, errors } = await project.run(`
const second = new Provider('second', { region: 'cn-beijing' });
const made = new imm.DatasetBinding('made', ${args()});
const { projectName, datasetName, uri } = made;
shown('plain', imm.getDatasetBinding(${args()}));
shown('outputs', imm.getDatasetBinding({ projectName, datasetName, uri, region: 'cn-beijing' }).state);
shown('second', imm.getDatasetBinding(${args('oss://theirs')}, { provider: second }).reason);
shown('refused', imm.getDatasetBinding(${args('oss://fails')}));
`);
      expect(exported).toEqual({
        plain: { id: 'mocked', state: 'Stopped', phase: '', reason: 'mocked', createTime: 'never' },
        outputs: 'Stopped',
        second: 'mocked',
      });
      expect(errors).toEqual(['the mock says no']);
      const byUri = Object.fromEntries(
        asked.map(({ inputs: { uri, region }, provider }) => [`${uri} ${region}`, provider]),
      );
      expect(asked.map(({ token }) => token)).toEqual([TOKEN, TOKEN, TOKEN, TOKEN]);
      expect(byUri).toEqual({
        'oss://originals undefined': '',
        'oss://originals cn-beijing': '',
        'oss://theirs undefined': expect.stringMatching(/pulumi:providers:pulumi-nodejs::second::second-id$/),
        'oss://fails undefined': '',
      });
      expect(made.map(({ type }) => type)).toContain('pulumi-nodejs:dynamic/alicloud-media:DatasetBinding');
      expect(emulator.journal()).toEqual([]);
    });

    it('a function takes a Provider of another copy of the package, and refuses what it cannot read', async () => {
      const { asked, errors } = await project.run(`
const options = {
  copied: new (require('second-copy').Provider)('copied', { region: 'cn-beijing' }),
  alicloud: new pulumi.ProviderResource('alicloud', 'alicloud', {}),
  bare: new pulumi.ProviderResource('pulumi-nodejs', 'bare', {}),
};
for (const [name, provider] of Object.entries(options)) {
  const parent = new pulumi.ComponentResource('test:index:Component', name, {}, { providers: { 'pulumi-nodejs': provider } });
  trying(() => imm.getDatasetBinding(${args('oss://by-option')}, { provider }));
  trying(() => imm.getDatasetBinding(${args('oss://by-parent')}, { parent }));
}
const elsewhere = new pulumi.ComponentResource('test:index:Component', 'elsewhere', {}, { provider: options.alicloud });
imm.getDatasetBinding(${args('oss://none')}, { parent: elsewhere });
`);
      const providers = asked.map(
        ({ inputs: { uri }, provider }) => `${uri} ${provider?.split('::').at(-2)}`,
      );
      expect(providers.sort()).toEqual([
        'oss://by-option copied',
        'oss://by-parent copied',
        'oss://none undefined',
      ]);
      const rest =
        'Its configuration cannot be read, and that of the stack may lead to another account. Give a Provider of pulumi-alicloud-media';
      expect(errors).toEqual([
        expect.stringMatching(`^getDatasetBinding: the option provider is a provider of alicloud.*${rest}`),
        expect.stringMatching(
          `^getDatasetBinding: the provider of the option parent is a provider of alicloud.*${rest}`,
        ),
        expect.stringMatching(
          `^getDatasetBinding: the option provider is a provider of pulumi-nodejs.*${rest}`,
        ),
        expect.stringMatching(
          `^getDatasetBinding: the provider of the option parent is a provider of pulumi-nodejs.*${rest}`,
        ),
      ]);
    });

    it('a function asks nobody where neither an engine nor a mock is there', async () => {
      const { errors } = await project.run(`
pulumi.runtime.resetOptions('project', 'stack', -1, '', '', false, '');
trying(() => imm.getDatasetBinding(${args()}));
`);
      expect(errors).toEqual([expect.stringContaining('pulumi.runtime.setMocks')]);
      expect(emulator.journal()).toEqual([]);
    });
  },
);
