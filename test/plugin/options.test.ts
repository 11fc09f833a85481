import { expect, it } from 'vitest';
import { mutatingCalls } from '../lifecycle/calls.js';
import { IS_WIDE } from '../support/extent.js';
import { YamlSite } from './yaml-site.js';
import { binding, outputBucket, type Resource } from './yaml-stack.js';

const site = YamlSite.forAll({
  options: { runningAfter: 1 },
  given(emulator) {
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    emulator.createBinding(id('imported'));
    emulator.bindOutputBucket('imported');
    emulator.bindOutputBucket('foreign');
  },
});

const id = (bucket: string) => `cn-shanghai/media/videos/oss://${bucket}`;
const sorted = () => mutatingCalls(site.emulator).sort();

interface Variant {
  readonly retained?: boolean;
  readonly targeted?: boolean;
  readonly ignored?: string;
  readonly timeout?: string;
  readonly renamed?: boolean;
  readonly moved?: string;
}

function program({
  retained = true,
  targeted = true,
  ignored = 'ignored',
  timeout = '5m',
  renamed = false,
  moved = 'moved',
}: Variant): Record<string, Resource> {
  return {
    protected: binding('protected', { protect: true }),
    'protected-out': outputBucket('protected', { protect: true }),
    ...(retained && {
      retained: binding('retained', { retainOnDelete: true }),
      'retained-out': outputBucket('retained', { retainOnDelete: true }),
    }),
    ...(targeted && { targeted: outputBucket('targeted') }),
    ignored: binding(ignored, { ignoreChanges: ['uri'] }),
    imported: binding('imported', { import: id('imported') }),
    'imported-out': outputBucket('imported', { import: 'cn-shanghai/imported' }),
    read: { type: 'alicloud-media:mps:OutputBucket', get: { id: 'cn-shanghai/foreign' } },
    timed: outputBucket('timed', { customTimeouts: { create: timeout, delete: timeout } }),
    hidden: outputBucket('hidden', { additionalSecretOutputs: ['boundAt'], dependsOn: [`\${timed}`] }),
    secret: {
      type: 'alicloud-media:mps:OutputBucket',
      properties: { bucket: { 'fn::secret': 'secret-name' } },
    },
    ...(renamed
      ? { 'new-name': outputBucket('named', { aliases: [{ name: 'old-name' }] }) }
      : { 'old-name': outputBucket('named') }),
    moved: binding(moved, { deleteBeforeReplace: true }),
  };
}

it('makes links with every option, takes over what is imported, reads what is not its own, and has nothing left to do', async () => {
  site.yaml.declare(program({}));
  await site.yaml.stack.up();
  const sent = mutatingCalls(site.emulator);
  expect(sent).toHaveLength(11);
  expect(sent.join()).not.toContain('imported');
  const after = (first: string, second: string) =>
    expect(sent.indexOf(first)).toBeLessThan(sent.indexOf(second));
  after('BindOutputBucket cn-shanghai/timed', 'BindOutputBucket cn-shanghai/hidden');
  await site.yaml.stack.settled();
  const state = await site.yaml.stack.exported();
  // Secret by option, and secret by its input: neither stands in the state in clear.
  const outputs = new Map((await site.yaml.stack.links()).map((link) => [link.id, link.outputs]));
  expect(outputs.get('cn-shanghai/hidden')?.boundAt).toMatchObject({ ciphertext: expect.any(String) });
  expect(outputs.get('cn-shanghai/secret-name')?.bucket).toMatchObject({ ciphertext: expect.any(String) });
  expect(state).not.toContain('"customTimeouts": {"');
});

it('keeps what is ignored, retains what left the program, and takes another timeout or name for no change', async () => {
  site.yaml.declare(program({ retained: false, ignored: 'another', timeout: '6m', renamed: true }));
  const preview = await site.yaml.stack.succeed('preview');
  expect(preview).not.toMatch(/replace|create|update$/m);
  await site.yaml.stack.up();
  expect(sorted()).toEqual([]);
  expect(site.emulator.bindings().map(({ bucket }) => bucket)).toContain('retained');
  expect(site.emulator.mediaBuckets().map(({ bucket }) => bucket)).toContain('retained');
  await site.yaml.stack.settled();
});

it('shows a replacement by its property, with what it means, and carries it out delete-first', async () => {
  const change = { retained: false, ignored: 'another', timeout: '6m', renamed: true, moved: 'elsewhere' };
  site.yaml.declare(program(change));
  const preview = await site.yaml.stack.succeed('preview', '--diff');
  expect(preview).toMatch(/~ uri: "oss:\/\/moved" => "oss:\/\/elsewhere"/);
  expect(preview).toMatch(
    /warning: cn-shanghai\/media\/videos\/oss:\/\/moved is to be replaced: .* scanned again as a whole, which is billed\./,
  );
  expect(sorted()).toEqual([]);
  await site.yaml.stack.up();
  expect(mutatingCalls(site.emulator)).toEqual([
    `DeleteBinding ${id('moved')}`,
    `CreateBinding ${id('elsewhere')}`,
  ]);

  // Named on the command line no diff is asked for: the option alone says that the old one goes first.
  const { urn = '' } = (await site.yaml.stack.links()).find((link) => link.id === id('elsewhere')) ?? {};
  await site.yaml.stack.up('--replace', urn);
  const again = mutatingCalls(site.emulator).filter((call) => !call.endsWith('StatusConflict'));
  expect(again).toEqual([`DeleteBinding ${id('elsewhere')}`, `CreateBinding ${id('elsewhere')}`]);
  const { urn: target = '' } =
    (await site.yaml.stack.links()).find((link) => link.id === 'cn-shanghai/targeted') ?? {};
  await site.yaml.stack.destroy('--target', target);
  expect(sorted()).toEqual(['UnbindOutputBucket cn-shanghai/targeted']);
  site.yaml.declare(program({ ...change, targeted: false }));
  await site.yaml.stack.settled();
});

it.runIf(IS_WIDE)(
  'sends nothing for what is protected until that is taken back, nothing for what it only reads, and fails to read what is not there',
  async () => {
    const refused = await site.yaml.stack.fail(['destroy', '--yes', '--skip-preview']);
    expect(refused).toMatch(/DatasetBinding::protected" cannot be deleted/);
    expect(sorted().join()).not.toContain('cn-shanghai/protected');
    await site.yaml.stack.succeed('state', 'unprotect', '--all', '--yes');
    await site.yaml.stack.destroy();
    mutatingCalls(site.emulator);
    expect(await site.yaml.stack.links()).toEqual([]);
    // What nobody was told to delete is there still.
    const left = [...site.emulator.bindings(), ...site.emulator.mediaBuckets()].map(({ link }) => link);
    expect(left.sort()).toEqual(['cn-shanghai/foreign', id('retained'), 'cn-shanghai/retained'].sort());

    site.yaml.declare({
      read: { type: 'alicloud-media:mps:OutputBucket', get: { id: 'cn-shanghai/nobodys' } },
    });
    expect(await site.yaml.stack.fail(['preview'])).toMatch(/'cn-shanghai\/nobodys' does not exist/);
  },
);
