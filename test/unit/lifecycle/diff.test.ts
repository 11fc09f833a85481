import { describe, expect, it } from 'vitest';
import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import { datasetBinding } from '../../../provider/imm/dataset-binding/dataset-binding.js';
import type { ArgDescription } from '../../../provider/lifecycle/description.js';
import type { Lifecycle } from '../../../provider/lifecycle/lifecycle.js';
import { keeping } from '../../../provider/lifecycle/standing.js';
import { UNKNOWN } from '../../../provider/lifecycle/unknown.js';

const REPLACING: Readonly<Record<string, readonly string[]>> = {
  Project: ['projectName', 'region'],
  Dataset: ['projectName', 'datasetName', 'region'],
  BucketAttachment: ['projectName', 'bucket', 'region', 'description'],
  InputBucket: ['bucket', 'region', 'referer'],
  DatasetBinding: ['projectName', 'datasetName', 'uri', 'region'],
  OutputBucket: ['bucket', 'region'],
};
const NOTHING = { changes: false, replaces: [], deleteBeforeReplace: false };
const UPDATE = { changes: undefined, replaces: [], deleteBeforeReplace: true };

const argsOf = ({ description }: Lifecycle): readonly (readonly [string, ArgDescription])[] =>
  Object.entries(description.args);

describe.each(LIFECYCLES.map((lifecycle) => [lifecycle.description.type, lifecycle] as const))(
  '%s',
  (type, lifecycle) => {
    const texts = argsOf(lifecycle).filter(([, arg]) => arg.type === 'string');
    const inputs = Object.fromEntries(texts.map(([name, { example }]) => [name, example]));
    const outputs = { ...inputs, accountId: '1', status: 'Active', createTime: 'x', boundAt: 'y' };
    const diff = (more: Record<string, unknown>, stored = {}) =>
      lifecycle.diff({ ...outputs, ...stored }, { ...inputs, ...more });

    it('says of every argument that is updated by which parameter, and what is sent once the program does not say it', () => {
      for (const [, { updates, wire, reset }] of argsOf(lifecycle))
        if (updates) expect([wire, reset]).not.toContain(undefined);
    });

    it('finds nothing where the outputs echo the inputs', () => {
      expect(diff({})).toEqual(NOTHING);
    });

    it.each(argsOf(lifecycle).map(([name]) => name))('a change of %s does what the page says', (name) => {
      const isReplacing = REPLACING[type]?.includes(name);
      const expected = isReplacing
        ? { changes: undefined, replaces: [name], deleteBeforeReplace: true }
        : UPDATE;
      for (const value of ['another', UNKNOWN, true]) expect(diff({ [name]: value })).toEqual(expected);
      expect(diff({ [name]: undefined })).toEqual(isReplacing || name in inputs ? expected : NOTHING);
    });

    it('a link that waits or is in doubt asks for an update, which goes on with it', () => {
      const unfinished = { changes: true, replaces: [], deleteBeforeReplace: true };
      for (const left of ['waiting', { from: 1, until: 2 }] as const)
        expect(diff({}, keeping({}, { unfinished: left }))).toEqual(unfinished);
      // As older states have it.
      for (const left of [{ waiting: true }, { unsure: true, triedSince: '2026-01-02T03:04:05.678Z' }])
        expect(diff({}, left)).toEqual(unfinished);
    });

    it('an unknown is a replacement even of an unknown: two of them may stand for different values', () => {
      for (const name of REPLACING[type] ?? [])
        expect(diff({ [name]: UNKNOWN }, { [name]: UNKNOWN }).replaces).toEqual([name]);
    });

    it('names every argument that replaces', () => {
      const names = REPLACING[type] ?? [];
      const news = Object.fromEntries(names.map((name, index) => [name, index % 2 ? UNKNOWN : 'another']));
      expect([...diff(news).replaces].sort()).toEqual([...names].sort());
    });

    it('a replacement goes before an update of the timeouts', () => {
      expect(diff({ region: 'cn-beijing', customTimeouts: { delete: '1h' } }).replaces).toEqual(['region']);
    });

    it('a change of timeouts is an update in place', () => {
      const timed = { customTimeouts: { create: '5m', delete: '1h' } };
      expect(diff(timed)).toEqual(UPDATE);
      expect(diff({}, timed)).toEqual(UPDATE);
      expect(diff(timed, { customTimeouts: { create: '5m', delete: '2h' } })).toEqual(UPDATE);
      expect(diff({ customTimeouts: UNKNOWN })).toEqual(UPDATE);
      expect(diff({ customTimeouts: { delete: UNKNOWN } })).toEqual(UPDATE);
    });

    it('the order and the absence of timeouts are no change', () => {
      const stored = { customTimeouts: { create: '5m', delete: '1h' } };
      expect(diff({ customTimeouts: { delete: '1h', create: '5m' } }, stored)).toEqual(NOTHING);
      expect(diff({ customTimeouts: {} })).toEqual(NOTHING);
      expect(diff({ customTimeouts: null })).toEqual(NOTHING);
    });

    it('adopt: false and its absence, the text of __provider and whatever the service adds change nothing', () => {
      const news = { adopt: false, __provider: 'exports.handler=()=>1' };
      expect(diff(news)).toEqual(NOTHING);
      expect(diff({}, { ...news, boundAt: 'z', createTime: 'z' })).toEqual(NOTHING);
    });

    it('an adopt that was taken out goes from the state, so that a refresh does not write it back', () => {
      expect(diff({}, { adopt: true })).toEqual(UPDATE);
    });
  },
);

describe('a binding that is stored as Failed', () => {
  const inputs = { projectName: 'p', datasetName: 'd', uri: 'oss://my-bucket', region: 'cn-shanghai' };
  const failed = { ...inputs, status: 'Failed', failedReason: 'why' };

  it('is replaced by the next up, the failed one deleted first', () => {
    expect(datasetBinding.diff(failed, inputs)).toEqual({
      changes: true,
      replaces: ['status'],
      deleteBeforeReplace: true,
    });
  });

  it('shows the changed argument where one is changed as well', () => {
    expect(datasetBinding.diff(failed, { ...inputs, uri: 'oss://another' })).toMatchObject({
      changes: undefined,
      replaces: ['uri'],
    });
  });

  it.each(['Active', 'Stopped'])('and one that is %s is left as it is', (status) => {
    expect(datasetBinding.diff({ ...inputs, status }, inputs)).toEqual(NOTHING);
  });
});
