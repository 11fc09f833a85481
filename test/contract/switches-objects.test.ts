import { describe, expect, it } from 'vitest';
import type { SwitchName } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { IS_FULL } from '../support/extent.js';
import { isMutating, type Link, linkOf } from '../support/links/links.js';
import { AFTER_THE_WINDOW, everyTwo, SwitchScenarios } from '../support/links/switch-scenarios.js';

// How the product of all switches is split, and why nothing is lost by it: test/support/links/switch-scenarios.ts.
/**
 * What the service may turn out to do with one of these, as far as its own requests ask it. Every combination in `npm run test:full`,
 * and in `npm test` every two values together.
 */
const ASKED: Readonly<Record<string, readonly SwitchName[]>> = {
  'imm.Project': [
    'projectNameFreeAfterMs',
    'tagsOnUpdate',
    'emptyDescription',
    'updateVisibleAfterMs',
    'objectVisibleAfterMs',
    'deletedChildLingersMs',
    'notFoundWord',
  ],
  'imm.Dataset': [
    'datasetNotEmptyStatus',
    'deleteDatasetWithBindings',
    'datasetLimitsUnset',
    'updateVisibleAfterMs',
    'objectVisibleAfterMs',
    'deletedChildLingersMs',
    'notFoundWord',
  ],
  'imm.BucketAttachment': [
    'attachAgain',
    'attachToOther',
    'detachMissing',
    'getMissingAttachment',
    'attachmentTimes',
    'objectVisibleAfterMs',
  ],
  'mps.InputBucket': [
    'unbindUnboundBucket',
    'bindBoundBucket',
    'bindWithAnotherReferer',
    'mediaBucketVisibleAfterMs',
  ],
};

const scenarios = SwitchScenarios.make();

const BEGINS_WITH = ['cn-shanghai/media', 'cn-shanghai/media/videos', 'cn-shanghai/media/archive'];
const rest = () => scenarios.world.emulator.links().filter((id) => !BEGINS_WITH.includes(id));

describe.each(Object.entries(ASKED))('%s', { timeout: 120_000 }, (title, names) => {
  const link: Link = linkOf(title);
  const steps = () => scenarios.world.of(title);
  const create = (more: Properties = {}) => scenarios.bounded(steps().create({ ...link.inputs, ...more }));
  const read = (outputs: Properties) => scenarios.bounded(steps().read(link.id, outputs));
  const remove = (outputs: Properties) => scenarios.bounded(steps().delete(link.id, outputs));

  const rows = IS_FULL ? undefined : everyTwo(names);
  const forEvery = (scenario: () => Promise<void>) => scenarios.forEvery(names, scenario, rows);

  it('lives and ends the same, whatever the service does', () =>
    forEvery(async () => {
      const first = await create();
      expect(first).toMatchObject({ id: link.id, outputs: link.inputs });
      expect(rest()).toEqual([link.id]);
      expect(await read(first.outputs)).toEqual({
        id: link.id,
        inputs: link.inputs,
        outputs: first.outputs,
      });
      scenarios.world.clock.advance(1_000);
      expect(await scenarios.refused(create())).toContain(`ALICLOUD_MEDIA_ADOPT='${link.adoptedBy}'`);
      const adopted = await create({ adopt: true });
      expect(adopted.outputs.createTime).toBe(first.outputs.createTime);

      link.remove(scenarios.world.emulator);
      scenarios.world.clock.advance(AFTER_THE_WINDOW);
      expect(await read(adopted.outputs)).toBeUndefined();
      // As in another process of the provider.
      scenarios.world.restartProvider();
      const second = await create();
      await remove(second.outputs);
      expect(rest()).toEqual([]);
      scenarios.expectOnly(link.id);
      await remove(second.outputs);
      scenarios.world.clock.advance(1_000);
      expect(await read(second.outputs)).toBeUndefined();
    }));

  it('survives a lost reply of its create and of its delete', () =>
    forEvery(async () => {
      for (const action of [link.makes, link.removes])
        scenarios.world.emulator.addFault({ kind: 'effect-then-reply-lost', action, times: 1 });
      const { outputs } = await create();
      expect(rest()).toEqual([link.id]);
      await remove(outputs);
      expect(rest()).toEqual([]);
    }));

  if ('project' in (link.description.parents ?? {}))
    it('says before it sends anything that the project is not there', () =>
      forEvery(async () => {
        const said = await scenarios.refused(create({ projectName: 'nowhere' }));
        expect(said).toMatch(
          /the project nowhere is not found in cn-shanghai: .*\. Check the name, .* or make it first\.$/,
        );
        expect(scenarios.world.emulator.journal().filter(({ action }) => isMutating(action))).toEqual([]);
      }));

  if (link.description.calls.update !== undefined)
    it('is updated in place, and a refresh right after it shows no drift', () =>
      forEvery(async () => {
        const { outputs } = await create({ description: 'Said first' });
        const inputs = { ...link.inputs, description: 'Said anew' };
        const updated = await scenarios.bounded(steps().update(link.id, outputs, inputs));
        expect(updated.description).toBe('Said anew');
        const found = await read(updated);
        expect(found?.outputs.description).toBe('Said anew');
        expect((await steps().diff(found?.outputs ?? {}, inputs)).changes).toBe(false);
        await remove(updated);
        expect(rest()).toEqual([]);
      }));
});
