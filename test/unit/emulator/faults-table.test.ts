import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS, FAULTS, type FaultSpec } from '../../../emulator/index.js';
import { type Bench, bench, LINK, PAIR, type Params, withDataset } from './rpc.js';

let b: Bench;

beforeAll(async () => {
  b = await bench({ limits: false, switches: { recreateWaitMs: 0 } });
});

afterAll(() => b.emulator.close());

interface Call {
  readonly service: 'imm' | 'mts';
  readonly params: Params;
  /** What has to be there for the call to succeed. */
  readonly before?: () => void;
}

const BUCKET = { Bucket: 'out' };

const CALLS: Readonly<Record<string, Call>> = {
  CreateBinding: { service: 'imm', params: PAIR },
  GetBinding: { service: 'imm', params: PAIR, before: () => b.emulator.createBinding(LINK) },
  ListBindings: { service: 'imm', params: { ProjectName: 'p' } },
  DeleteBinding: { service: 'imm', params: PAIR, before: () => b.emulator.createBinding(LINK) },
  GetProject: { service: 'imm', params: { ProjectName: 'p' } },
  BindOutputBucket: { service: 'mts', params: BUCKET },
  UnbindOutputBucket: { service: 'mts', params: BUCKET, before: () => b.emulator.bindOutputBucket('out') },
  BindInputBucket: { service: 'mts', params: BUCKET },
  ListAllMediaBucket: { service: 'mts', params: {} },
};

describe('every fault at every call does what its row of the table says', () => {
  it.each(FAULT_KINDS)('%s', async (kind) => {
    const spec: FaultSpec = FAULTS[kind];
    const delay = spec.delay ? { delayMs: 20 } : {};
    for (const [action, { service, params, before }] of Object.entries(CALLS)) {
      b.emulator.reset();
      withDataset(b.emulator);
      before?.();
      b.emulator.addFault({ kind, ...delay });
      const client = b[service];
      client.timeout = spec.delivery === 'hang' ? 100 : 3000;
      await client.ok(action, params).catch(() => {});
      // A client that gave up may be ahead of the emulator.
      await expect.poll(() => b.emulator.journal().length, { interval: 5 }).toBe(1);
      const [entry] = b.emulator.journal();
      const isStruck = !spec.actions || spec.actions.includes(action);
      expect.soft([action, entry?.fault]).toEqual([action, isStruck ? kind : '']);
      if (!isStruck) continue;
      const isAnswered = spec.delivery === 'send' || spec.delivery === 'cut';
      expect.soft([action, (entry?.effects ?? 0) > 0]).toEqual([action, spec.effects > 0]);
      expect.soft([action, (entry?.sent ?? 0) > 0]).toEqual([action, isAnswered]);
    }
  });
});
