import { expect, it } from 'vitest';
import type { Boundary } from '../../emulator/index.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { killTree } from '../support/cli/processes.js';
import { adoptLines } from '../support/cli/stack.js';
import { struckAt } from '../support/cli/struck-at.js';
import { IS_FULL, thinned } from '../support/extent.js';
import { BINDING, BUCKET, LINKS, type Link, linkOf } from '../support/links/links.js';
import { YamlSite } from './yaml-site.js';
import type { Resource } from './yaml-stack.js';

// What a kill takes with it must not keep the other steps from telling.
const UP = ['up', '--yes', '--skip-preview', '--continue-on-error'];
const DESTROY = ['destroy', '--yes', '--skip-preview', '--parallel=1'];
const BOUNDARIES: readonly Boundary[] = ['before-effect', 'after-effect', 'after-reply'];
/** The two links have tests of their own, on both hosts. */
const FAMILY = LINKS.filter((link) => link !== BINDING && link !== BUCKET);

const site = YamlSite.forEach({
  given(emulator) {
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
  },
});

const HOLDING = ['cn-shanghai/media', 'cn-shanghai/media/videos'];
const inCloud = () => site.emulator.links().filter((id) => !HOLDING.includes(id));

/** Kills the engine, and all that it started, when this call comes to a boundary, which it then crosses. */
async function kill(args: readonly string[], boundary: Boundary, action: string, nth = 1): Promise<void> {
  const { stack } = site.yaml;
  const running = stack.start(args);
  const call = { boundary, actions: [action], nth };
  const { code, text } = await struckAt(site.emulator, running, call, () => killTree(running.engine));
  expect(code, text).toBe(null);
  await stack.unlock();
}

const resourceOf = ({ description, inputs }: Link): Resource => ({
  type: pluginType(description),
  properties: inputs,
});

const cases = thinned(FAMILY).flatMap((link, number) =>
  BOUNDARIES.filter((_, index) => IS_FULL || index === number % BOUNDARIES.length).map((boundary) => ({
    title: link.title,
    boundary,
    link,
  })),
);

it.each(cases)(
  '$title: a kill at $boundary of its create and of its delete; the same command again converges, or prints the line with which it does',
  async ({ link, boundary }) => {
    site.yaml.declare({ own: resourceOf(link) });
    await kill(UP, boundary, link.makes);
    expect(inCloud()).toEqual([link.id]);
    const lost = adoptLines(await site.yaml.stack.fail(UP));
    expect(lost).toEqual([link.adoptedBy]);
    const { code, text } = await site.yaml.stack.run(UP, { ALICLOUD_MEDIA_ADOPT: lost.join() });
    expect(code, text).toBe(0);
    await site.yaml.stack.settled('together');

    await kill(DESTROY, boundary, link.removes);
    expect(inCloud()).toEqual([]);
    await site.yaml.stack.succeed(...DESTROY);
    expect(await site.yaml.stack.links()).toEqual([]);
    const sent = (action: string) => site.emulator.journal().filter((call) => call.action === action);
    for (const action of [link.makes, link.removes])
      expect(sent(action).reduce((sum, { effects }) => sum + effects, 0)).toBe(1);
  },
);

it('imm.Dataset: a kill while forceDestroy removes entries; the next destroy goes on with what is left', async () => {
  const link = linkOf('imm.Dataset');
  site.yaml.declare({ own: { ...resourceOf(link), properties: { ...link.inputs, forceDestroy: true } } });
  await site.yaml.stack.up();
  const uris = Array.from({ length: 250 }, (_, index) => `oss://ours/${index}.mp4`);
  site.emulator.addEntries('media', 'ours', uris);
  await kill(DESTROY, 'after-effect', 'BatchDeleteFileMeta', 2);
  expect(inCloud()).toEqual([link.id]);
  const text = await site.yaml.stack.succeed(...DESTROY);
  expect(text).toMatch(/forceDestroy removes its 50 index entries first/);
  expect(inCloud()).toEqual([]);
});
