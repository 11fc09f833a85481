import { describe, expect, it } from 'vitest';
import { SERVERS } from '../support/lifecycle/served.js';
import { linkOf } from '../support/links/links.js';
import { Engine } from './engine.js';
import { SharedCloud } from './shared-cloud.js';

const PROJECT = linkOf('imm.Project');
const THEIRS = 'imm.Dataset cn-shanghai/ours/theirs: not of this stack, as far as this run knows';
const cloud = SharedCloud.make();

describe.each(SERVERS)('a project that holds what others made, served by the %s', (server) => {
  cloud.servedBy(server);

  async function held(): Promise<Engine> {
    const world = cloud.begin();
    const engine = new Engine(world, PROJECT, { customTimeouts: { delete: '30s' } });
    expect(await engine.up()).toBeUndefined();
    world.emulator.createDataset('ours', 'theirs');
    return engine;
  }

  it('is kept, and the error at the end of the wait names what it holds', async () => {
    const engine = await held();
    const error = await engine.destroy();
    expect(error?.message).toContain(THEIRS);
    expect(error?.message).toContain('The service said: IMM DeleteProject: StatusConflict: ');
    expect(engine.state).toBeDefined();
  });

  it('is named also where no reply comes any more by then, with the silence beside it', async () => {
    const engine = await held();
    cloud.world.emulator.addFault({
      kind: 'reset-before-effect',
      action: 'ListBindings',
      skip: 1,
      times: 'always',
    });
    const error = await engine.destroy();
    expect(error?.message).toContain(THEIRS);
    expect(error?.message).toMatch(/Whether it is so still is not known: IMM ListBindings: /);
  });

  it('says so where a listing is denied, with what to do, and waits for the rest', async () => {
    const engine = await held();
    cloud.world.emulator.deny({ action: 'imm:ListDatasets' });
    const error = await engine.destroy();
    expect(error?.message).toMatch(/not seen: datasets \(IMM ListDatasets: AccessDenied: /);
    expect(error?.message).toContain('Give the caller the RAM actions');
    cloud.world.emulator.allow();
  });
});

describe.each(SERVERS)(
  'a dataset whose binding goes at the same time, since no resource says that it hangs on it, served by the %s',
  (server) => {
    cloud.servedBy(server);

    it('waits where the refusal came before the binding was gone, and the listing after it', async () => {
      const world = cloud.begin();
      const dataset = { region: 'cn-shanghai', projectName: 'media', datasetName: 'tree' };
      const [DATASET, BINDING] = ['imm.Dataset', 'imm.DatasetBinding'].map((title) => world.served.of(title));
      const top = await DATASET?.create(dataset);
      const leaf = await BINDING?.create({ ...dataset, uri: 'oss://leaf' });
      let isGone = false;
      const seen = { refused: signal(), listed: signal(), gone: signal() };
      const end = world.emulator.onCall(async (boundary, { action }) => {
        if (action === 'DeleteBinding' && boundary === 'before-effect') await seen.refused.given;
        if (action === 'DeleteBinding' && boundary === 'after-effect') {
          isGone = true;
          seen.gone.give();
          await seen.listed.given;
        }
        if (action === 'DeleteDataset' && boundary === 'after-effect') {
          seen.refused.give();
          await seen.gone.given;
        }
        // That of the dataset, which comes after its refusal.
        if (action === 'ListBindings' && boundary === 'after-effect' && isGone) seen.listed.give();
      });
      try {
        await Promise.all([
          BINDING?.delete(leaf?.id ?? '', leaf?.outputs ?? {}),
          DATASET?.delete(top?.id ?? '', top?.outputs ?? {}),
        ]);
      } finally {
        end();
      }
      expect(world.emulator.links()).not.toContain('cn-shanghai/media/tree');
      const deletes = world.emulator.journal().filter(({ action }) => action === 'DeleteDataset');
      expect(deletes.map(({ code }) => code)).toEqual(['DatasetNotEmpty', '']);
    });
  },
);

function signal(): { readonly given: Promise<void>; give(): void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
