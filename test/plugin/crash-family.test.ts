import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Boundary, type Emulator, startEmulator } from '../../emulator/index.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { IS_FULL } from '../full.js';
import { BINDING, BUCKET, LINKS, type Link, linkOf } from '../links.js';
import { processesBelow } from '../processes.js';
import { adoptLines } from '../stack.js';
import { type Resource, YamlStack } from './yaml-stack.js';

// What a kill takes with it must not keep the other steps from telling.
const UP = ['up', '--yes', '--skip-preview', '--continue-on-error'];
const DESTROY = ['destroy', '--yes', '--skip-preview', '--parallel=1'];
const BOUNDARIES: readonly Boundary[] = ['before-effect', 'after-effect', 'after-reply'];
/** The two links have tests of their own, on both hosts. */
const FAMILY = LINKS.filter((link) => link !== BINDING && link !== BUCKET);

let emulator: Emulator;
let yaml: YamlStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  yaml = await YamlStack.make({ emulator });
});
afterEach(async () => {
  yaml.stack.remove();
  await emulator.close();
});

const HOLDING = ['cn-shanghai/media', 'cn-shanghai/media/videos'];
const inCloud = () => emulator.links().filter((id) => !HOLDING.includes(id));

/** Kills the engine when this call comes to a boundary, which it then crosses. */
async function kill(args: readonly string[], boundary: Boundary, action: string, nth = 1): Promise<void> {
  const running = yaml.stack.start(args);
  let isStruck = false;
  let seen = 0;
  const end = emulator.onCall((at, call) => {
    if (isStruck || at !== boundary || call.action !== action || ++seen < nth) return;
    isStruck = true;
    const below = processesBelow(running.engine);
    process.kill(running.engine, 'SIGKILL');
    for (const { pid } of below) process.kill(pid, 'SIGKILL');
  });
  const { code, text } = await running.ended;
  end();
  expect(isStruck, text).toBe(true);
  expect(code, text).toBe(null);
  await yaml.stack.unlock();
}

const resourceOf = ({ description, inputs }: Link): Resource => ({
  type: pluginType(description),
  properties: inputs,
});

const cases = FAMILY.flatMap((link, number) =>
  BOUNDARIES.filter((_, index) => IS_FULL || index === number % BOUNDARIES.length).map((boundary) => ({
    title: link.title,
    boundary,
    link,
  })),
);

it.each(cases)(
  '$title: a kill at $boundary of its create and of its delete; the same command again converges, or prints the line with which it does',
  async ({ link, boundary }) => {
    yaml.declare({ own: resourceOf(link) });
    await kill(UP, boundary, link.makes);
    expect(inCloud()).toEqual([link.id]);
    const lost = adoptLines(await yaml.stack.fail(UP));
    expect(lost).toEqual([link.adoptedBy]);
    const { code, text } = await yaml.stack.run(UP, { ALICLOUD_MEDIA_ADOPT: lost.join() });
    expect(code, text).toBe(0);
    await yaml.stack.settled('together');

    await kill(DESTROY, boundary, link.removes);
    expect(inCloud()).toEqual([]);
    await yaml.stack.succeed(...DESTROY);
    expect(await yaml.stack.links()).toEqual([]);
    const sent = (action: string) => emulator.journal().filter((call) => call.action === action);
    for (const action of [link.makes, link.removes])
      expect(sent(action).reduce((sum, { effects }) => sum + effects, 0)).toBe(1);
  },
);

it('imm.Dataset: a kill while forceDestroy removes entries; the next destroy goes on with what is left', async () => {
  const link = linkOf('imm.Dataset');
  yaml.declare({ own: { ...resourceOf(link), properties: { ...link.inputs, forceDestroy: true } } });
  await yaml.stack.up();
  const uris = Array.from({ length: 250 }, (_, index) => `oss://ours/${index}.mp4`);
  emulator.addEntries('media', 'ours', uris);
  await kill(DESTROY, 'after-effect', 'BatchDeleteFileMeta', 2);
  expect(inCloud()).toEqual([link.id]);
  const text = await yaml.stack.succeed(...DESTROY);
  expect(text).toMatch(/forceDestroy removes its 50 index entries first/);
  expect(inCloud()).toEqual([]);
});
