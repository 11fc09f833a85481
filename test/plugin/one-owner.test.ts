import { expect, it } from 'vitest';
import { mutatingCalls } from '../lifecycle/calls.js';
import { addTwin } from '../support/cli/twin.js';
import { YamlSite } from './yaml-site.js';
import { outputBucket, type Resource } from './yaml-stack.js';

const UP = ['up', '--yes', '--skip-preview'];
const id = (bucket: string) => `cn-shanghai/${bucket}`;
const ALL = [id('adopted'), id('imported'), id('plain')];

const site = YamlSite.forAll({
  given(emulator) {
    emulator.bindOutputBucket('adopted');
    emulator.bindOutputBucket('imported');
  },
});

/** A bucket that is taken over, one that is imported, and one that is made, under these names. */
function program({
  adopted = 'adopted',
  imported = 'imported',
  plain = ['plain'],
}): Record<string, Resource> {
  return {
    [adopted]: { ...outputBucket('adopted'), properties: { bucket: 'adopted', adopt: true } },
    [imported]: outputBucket('imported', { import: id('imported') }),
    ...Object.fromEntries(plain.map((name) => [name, outputBucket('plain')])),
  };
}

const links = () =>
  site.emulator
    .mediaBuckets()
    .map(({ link }) => link)
    .sort();
const inState = async () => (await site.yaml.stack.links()).map((link) => link.id).sort();
const left = (bucket: string, owner: string) =>
  `${id(bucket)}: it is left as it is, since ${owner} has it in this stack.`;

it('two resources of one program that name one link are refused in the preview, with both names', async () => {
  site.yaml.declare(program({ plain: ['plain', 'another'] }));
  const text = await site.yaml.stack.fail(['preview']);
  expect(text).toMatch(
    /(plain|another) names cn-shanghai\/plain, too, and it can belong to one resource only/,
  );
  expect(text).toMatch(/alicloud-media:mps:OutputBucket \(?(plain|another)/);
  expect(mutatingCalls(site.emulator)).toEqual([]);
});

it('a link that was made, and whose resource has another name now, is refused: the error tells of a rename first', async () => {
  site.yaml.declare(program({}));
  await site.yaml.stack.up();
  mutatingCalls(site.emulator);
  site.yaml.declare(program({ plain: ['another'] }));
  const text = await site.yaml.stack.fail(UP);
  expect(text).toMatch(/it exists already[\s\S]*aliases[\s\S]*pulumi state rename[\s\S]*set adopt: true/);
  expect(mutatingCalls(site.emulator)).toEqual([]);
  expect(links()).toEqual(ALL);
});

it('a renamed resource that adopts, or whose option import was left in, has its link as before, and the deletion says so', async () => {
  addTwin(site.yaml.stack, id('plain'), 'twin');
  site.yaml.declare(program({ adopted: 'renamed', imported: 'elsewhere' }));
  // A refresh reports each as the old one's, first.
  const text = await site.yaml.stack.up('--refresh');
  expect(text).toContain(left('adopted', 'renamed'));
  expect(text).toContain(left('imported', 'elsewhere'));
  // Two entries of a state that name one link, of which one is in the program no more.
  expect(text).toContain(left('plain', 'plain'));
  expect(mutatingCalls(site.emulator)).toEqual([]);
  expect(await inState()).toEqual(ALL);
});

it('--replace of a resource that adopts leaves its link, too; then nothing is left to do, and destroy removes each once', async () => {
  const { urn = '' } = (await site.yaml.stack.links()).find((link) => link.id === id('adopted')) ?? {};
  expect(await site.yaml.stack.up('--replace', urn)).toContain(left('adopted', 'renamed'));
  expect(mutatingCalls(site.emulator)).toEqual([]);
  expect(links()).toEqual(ALL);
  expect(await inState()).toEqual(ALL);
  await site.yaml.stack.succeed('preview', '--expect-no-changes');

  await site.yaml.stack.destroy();
  expect(mutatingCalls(site.emulator).sort()).toEqual(ALL.map((link) => `UnbindOutputBucket ${link}`));
  expect(site.emulator.isEmpty()).toBe(true);
});
