import * as pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mps } from '../../../provider/program/index.js';

/** The inputs that each resource was registered with, by its name. */
const registered = new Map<string, Record<string, unknown>>();

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.set(name, inputs);
      return { id: `${name}-id`, state: inputs };
    },
    call: ({ inputs }) => inputs,
  }),
);
afterAll(() => pulumi.runtime.disconnect());

const customTimeouts = { create: '30m' };

// Both kinds see the properties, which the constructor has made by then; test/lifecycle/timeouts.test.ts has the other.
test('a transformation gives timeouts as a property; those among the options reach the engine alone', async () => {
  const link = (name: string, transformation: pulumi.ResourceTransformation) =>
    new mps.OutputBucket(name, { bucket: name }, { transformations: [transformation] });
  link('property', ({ props, opts }) => ({ props: { ...props, customTimeouts }, opts }));
  link('option', ({ props, opts }) => ({ props, opts: { ...opts, customTimeouts } }));
  await pulumi.runtime.disconnect();
  expect(registered.get('property')).toMatchObject({ customTimeouts });
  expect(registered.get('option')).toBeDefined();
  expect(registered.get('option')).not.toHaveProperty('customTimeouts');
});
