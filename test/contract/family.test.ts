import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());
beforeEach(() => world.begin());

const region = 'cn-shanghai';
const sent = (action: string) => world.emulator.journal().filter((entry) => entry.action === action);

describe('imm.BucketAttachment', () => {
  const inputs = { projectName: 'media', bucket: 'thumbnails', region };
  const id = 'cn-shanghai/media/oss://thumbnails';

  it.each(['moves', 'ResourceAlreadyExists'] as const)(
    'of a bucket that another project has is refused, also with adopt, and nothing is sent (%s)',
    async (attachToOther) => {
      world.emulator.set({ attachToOther });
      world.emulator.createProject('theirs');
      world.emulator.attachBucket('theirs', 'thumbnails');
      for (const adopt of [false, true])
        await expect(world.of('imm.BucketAttachment').create({ ...inputs, adopt })).rejects.toThrow(
          'the bucket is attached to the project theirs, and a bucket has one project.',
        );
      expect(sent('AttachOSSBucket')).toEqual([]);
    },
  );

  it('that somebody moved to another project is gone for a refresh, and is never detached there', async () => {
    const steps = world.of('imm.BucketAttachment');
    const { outputs } = await steps.create(inputs);
    world.clock.advance(61_000);
    world.emulator.createProject('theirs');
    world.emulator.detachBucket('thumbnails');
    world.emulator.attachBucket('theirs', 'thumbnails');
    expect(await steps.read(id, outputs)).toBeUndefined();
    await steps.delete(id, outputs);
    expect(sent('DetachOSSBucket')).toEqual([]);
    expect(world.emulator.links()).toContain('cn-shanghai/theirs/oss://thumbnails');
  });

  it.each(['quoted', 'milliseconds', 'nanoseconds'] as const)(
    'is known again by its time, however it is written (%s)',
    async (attachmentTimes) => {
      world.emulator.set({ attachmentTimes });
      const steps = world.of('imm.BucketAttachment');
      const { outputs } = await steps.create(inputs);
      expect((await steps.read(id, outputs))?.outputs.createTime).toBe(outputs.createTime);
      await steps.delete(id, outputs);
      expect(world.emulator.links()).not.toContain(id);
    },
  );
});

describe('mps.InputBucket', () => {
  const inputs = { bucket: 'originals', region, referer: 'https://one.example.com' };
  const id = 'cn-shanghai/input:originals';

  it('is replaced for another referer, and goes without the output bucket of the same name', async () => {
    const steps = world.of('mps.InputBucket');
    const { outputs } = await steps.create(inputs);
    await world.bucket.create({ bucket: 'originals', region });
    const diff = await steps.diff(outputs, { ...inputs, referer: 'https://two.example.com' });
    expect(diff).toMatchObject({ replaces: ['referer'], deleteBeforeReplace: true });
    await steps.delete(id, outputs);
    const left = world.emulator.links().filter((link) => link.includes('originals'));
    expect(left).toEqual(['cn-shanghai/originals']);
  });

  it('with another referer is not taken over: no action changes it, and whose it is would change', async () => {
    world.emulator.bindInputBucket('originals');
    await expect(world.of('mps.InputBucket').create({ ...inputs, adopt: true })).rejects.toThrow(
      'it is registered already, with no referer, which no action changes. Nothing was sent.',
    );
    expect(sent('BindInputBucket')).toEqual([]);
  });
});

describe('imm.Project', () => {
  const inputs = { projectName: 'library', region };
  const id = 'cn-shanghai/library';

  it.each(['all', 'InvalidArgument'] as const)(
    'that holds what others made names it, whatever a listing of bindings without a dataset answers (%s)',
    async (listBindingsOfProject) => {
      world.emulator.set({ listBindingsOfProject });
      const steps = world.of('imm.Project');
      const { outputs } = await steps.create(inputs);
      world.emulator.createDataset('library', 'theirs');
      world.emulator.createBinding('cn-shanghai/library/theirs/oss://theirs');
      const held = steps.delete(id, outputs, { timeout: 2_000 });
      await expect(held).rejects.toThrow(
        /imm\.Dataset cn-shanghai\/library\/theirs: not of this stack[\s\S]*imm\.DatasetBinding cn-shanghai\/library\/theirs\/oss:\/\/theirs: not of this stack/,
      );
    },
  );

  it('is imported by its id with what differs from what the service fills in', async () => {
    world.emulator.createProject('library');
    world.emulator.changeProject('library', {
      ServiceRole: 'AliyunIMMDefaultRole',
      Description: 'Of the shop',
      Tags: [{ TagKey: 'team', TagValue: 'media' }],
      DatasetMaxBindCount: 10,
      DatasetMaxFileCount: 5,
    });
    const found = await world.of('imm.Project').read(id, {});
    expect(found?.inputs).toEqual({
      ...inputs,
      description: 'Of the shop',
      tags: { team: 'media' },
      datasetMaxFileCount: 5,
    });
  });

  it('that is taken over is brought to what the program says, and what it does not say stays', async () => {
    world.emulator.createProject('library');
    world.emulator.changeProject('library', { Description: 'theirs', TemplateId: 'Official:Theirs' });
    const steps = world.of('imm.Project');
    const { outputs } = await steps.create({ ...inputs, adopt: true, description: 'ours' });
    expect(sent('UpdateProject').map(({ params }) => [params.Description, params.TemplateId])).toEqual([
      ['ours', undefined],
    ]);
    expect(outputs).toMatchObject({ description: 'ours' });
    expect(outputs).not.toHaveProperty('templateId');
  });

  it('made again by somebody else is not updated and not deleted', async () => {
    const steps = world.of('imm.Project');
    const { outputs } = await steps.create(inputs);
    world.clock.advance(61_000);
    world.emulator.deleteProject('library');
    world.emulator.createProject('library');
    await expect(steps.update(id, outputs, { ...inputs, description: 'ours' })).rejects.toThrow(
      'it is gone.',
    );
    await steps.delete(id, outputs);
    expect([...sent('UpdateProject'), ...sent('DeleteProject')]).toEqual([]);
    expect(world.emulator.links()).toContain(id);
  });

  it.each(['clears', 'ignored', 'refused'] as const)(
    'whose description left the program is asked to have none, and a service that refuses is quoted (%s)',
    async (emptyDescription) => {
      world.emulator.set({ emptyDescription });
      const steps = world.of('imm.Project');
      const { outputs } = await steps.create({ ...inputs, description: 'ours' });
      const update = steps.update(id, outputs, inputs);
      if (emptyDescription === 'refused')
        return expect(update).rejects.toThrow(/UpdateProject: InvalidArgument/);
      expect(await update).not.toHaveProperty('description');
    },
  );
});
