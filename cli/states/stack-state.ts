import { lifecycleOfType } from '../../provider/hosts/lifecycle-of-type.js';
import { titleOf } from '../../provider/lifecycle/description.js';
import type { Lifecycle, Properties } from '../../provider/lifecycle/lifecycle.js';
import { doubtOf } from '../../provider/lifecycle/standing.js';
import { isSecret, type PendingRecord, type Read, type ResourceRecord } from './deployment.js';
import { urnParts } from './urn.js';

/** Something of ours in a state. */
export interface StateLink {
  readonly lifecycle: Lifecycle;
  /** `imm.DatasetBinding`. */
  readonly title: string;
  readonly id: string;
  /** Of the program. */
  readonly name: string;
  readonly urn: string;
  /** The account in which the stack has it; undefined where the state does not say. */
  readonly account: string | undefined;
  readonly outputs: Properties;
  /** Its create was cut off, and nobody knows yet whether it had its effect. */
  readonly isInDoubt: boolean;
}

/** A create of ours that was under way when the engine ended. */
export interface PendingCreate {
  readonly lifecycle: Lifecycle;
  readonly title: string;
  /** Undefined where an argument that names it is a secret, or was not known. */
  readonly id: string | undefined;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Properties;
  /** When what it hangs on was made, of this stack: it cannot have been sent before. */
  readonly notBefore: number | undefined;
}

/** What a stack has of this package, as its state says. */
export interface StackState {
  /** `project/stack`, or where it was read from, if it says neither. */
  readonly stack: string;
  readonly from: string;
  /** When it was written, in milliseconds. */
  readonly written: number | undefined;
  readonly links: readonly StateLink[];
  readonly pending: readonly PendingCreate[];
}

export function stackState({ stack, deployment }: Read, from: string): StackState {
  const { resources = [], pending_operations: pending = [], manifest } = deployment;
  const named = (stack ?? '').split('/').slice(-2).join('/');
  return {
    stack: named || stackOf(resources[0] ?? pending[0]?.resource) || from,
    from,
    written: timeOf(manifest?.time),
    links: resources.flatMap(linkOf),
    pending: pending.flatMap((operation) => pendingOf(operation, resources)),
  };
}

function stackOf(resource: ResourceRecord | undefined): string | undefined {
  if (resource === undefined) return undefined;
  const { project, stack } = urnParts(resource.urn);
  return `${project}/${stack}`;
}

function linkOf({ urn, type, id, external, outputs = {} }: ResourceRecord): readonly StateLink[] {
  const lifecycle = lifecycleOfType(type);
  // What a `get` reads belongs to somebody else.
  if (lifecycle === undefined || id === undefined || external) return [];
  const { accountId } = outputs;
  return [
    {
      lifecycle,
      title: titleOf(lifecycle.description),
      id,
      name: urnParts(urn).name,
      urn,
      account: typeof accountId === 'string' ? accountId : undefined,
      outputs,
      isInDoubt: doubtOf(outputs) !== undefined,
    },
  ];
}

function pendingOf(
  { type: kind, resource }: PendingRecord,
  resources: readonly ResourceRecord[],
): readonly PendingCreate[] {
  const { urn, type, inputs = {}, parent, dependencies = [] } = resource;
  const lifecycle = lifecycleOfType(type);
  if (lifecycle === undefined || kind !== 'creating') return [];
  const names = [...lifecycle.description.idFormat.matchAll(/\{(\w+)\}/g)].map(
    ([, name = '']) => inputs[name],
  );
  const isKnown = names.every((value) => typeof value === 'string' && value !== '' && !isSecret(value));
  const id = isKnown ? lifecycle.idOf(inputs) : undefined;
  const above = [parent, ...dependencies];
  const made = resources
    .filter((one) => above.includes(one.urn))
    .flatMap(({ created }) => timeOf(created) ?? []);
  return [
    {
      lifecycle,
      title: titleOf(lifecycle.description),
      id: id !== undefined && lifecycle.inputsOf(id) !== undefined ? id : undefined,
      name: urnParts(urn).name,
      urn,
      inputs,
      notBefore: made.length === 0 ? undefined : Math.max(...made),
    },
  ];
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
