import { readFileSync, writeFileSync } from 'node:fs';
import type { ResourceState, Stack } from './stack.js';

/** Gives the state of a stack a second resource for a link that it has, as two runs of older versions could. */
export function addTwin({ checkpoint: file }: Stack, id: string, name: string): void {
  const state = JSON.parse(readFileSync(file, 'utf8')) as {
    checkpoint: { latest: { resources: ResourceState[] } };
  };
  const { resources } = state.checkpoint.latest;
  const own = resources.find((resource) => resource.id === id);
  if (own === undefined) throw new Error(`the state has no ${id}`);
  const urn = own.urn.replace(/[^:]+$/, name);
  resources.push({ ...own, urn, outputs: { ...own.outputs, __link: { claim: name } } });
  writeFileSync(file, JSON.stringify(state));
}
