import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../emulator/index.js';
import { callTable } from '../../../scripts/demo/calls.js';
import { faultsOf } from '../../../scripts/demo/verdict.js';

const binding = 'cn-shanghai/p/d/oss://b';

function call(action: string, link: string, code = ''): JournalEntry {
  return {
    sequence: 1,
    time: 0,
    took: 0,
    service: action.endsWith('Binding') ? 'imm' : 'mts',
    version: '',
    action,
    account: '',
    region: 'cn-shanghai',
    link,
    params: {},
    status: code === '' ? 200 : 404,
    code,
    requestId: `REQUEST-${action}`,
    connection: 1,
    userAgent: '',
    method: 'POST',
    fault: '',
    faultRule: 0,
    effects: 1,
    sent: 200,
  };
}

const up = { step: 'up', calls: [call('CreateBinding', binding)] };
const expected = { destroy: { DeleteBinding: 1, UnbindOutputBucket: 0 } };

test('a journal with exactly the expected removals has no fault', () => {
  expect(faultsOf([up, { step: 'destroy', calls: [call('DeleteBinding', binding)] }], expected)).toEqual([]);
});

test('a removal that is missing is a fault', () => {
  const faults = faultsOf([up, { step: 'destroy', calls: [] }], expected);
  expect(faults).toContain('destroy: 0 × DeleteBinding instead of 1');
  expect(faults).toContain(`CreateBinding was for ${binding}, but DeleteBinding for nothing`);
});

test('a removal of what the stack did not make is a fault', () => {
  const other = 'cn-shanghai/p/d/oss://other';
  const faults = faultsOf([up, { step: 'destroy', calls: [call('DeleteBinding', other)] }], expected);
  expect(faults).toEqual([`CreateBinding was for ${binding}, but DeleteBinding for ${other}`]);
});

test('a removal in the wrong step is a fault', () => {
  const early = { step: 'up', calls: [...up.calls, call('DeleteBinding', binding)] };
  expect(faultsOf([early, { step: 'destroy', calls: [] }], expected)).toEqual([
    'up: 1 × DeleteBinding instead of 0',
    'destroy: 0 × DeleteBinding instead of 1',
  ]);
});

test('a dataset that was deleted before its binding is a fault', () => {
  const dataset = 'cn-shanghai/p/d';
  const calls = [call('DeleteDataset', dataset), call('DeleteBinding', binding)];
  const made = { step: 'up', calls: [...up.calls, call('CreateDataset', dataset)] };
  const wanted = { destroy: { DeleteDataset: 1, DeleteBinding: 1 } };
  expect(faultsOf([made, { step: 'destroy', calls }], wanted)).toEqual([
    'not in the order DeleteBinding, DeleteDataset, DeleteProject',
  ]);
});

test('a refused removal is a fault', () => {
  const refused = call('DeleteBinding', binding, 'ResourceNotFound');
  const faults = faultsOf([up, { step: 'destroy', calls: [refused] }], expected);
  expect(faults).toContain(`DeleteBinding of ${binding} was refused: ResourceNotFound`);
});

test('the table names action, link, result and RequestId of each call under its step', () => {
  const lines = callTable([up, { step: 'preview', calls: [] }]);
  expect(lines[0]).toMatch(/^action +on +result +RequestId$/);
  expect(lines).toContainEqual(expect.stringMatching(/^\[up\]$/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^CreateBinding +cn-shanghai\/p\/d\/oss:\/\/b +200 OK +REQUEST-CreateBinding$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^\[preview\] +no call$/));
});
