import type { ResourceDescription } from '../../../provider/lifecycle/description.js';
import { pluginType, providerText, typeToken } from '../../../provider/lifecycle/description.js';
import type { Host } from './stack.js';

/** A resource as the engine writes it into a state. */
export interface Entry {
  readonly description: ResourceDescription;
  readonly name: string;
  readonly id: string;
  readonly host?: Host;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface StateOptions {
  readonly stack: string;
  readonly entries?: readonly Entry[];
  /** What was under way when the engine ended. */
  readonly pending?: readonly Entry[];
  readonly time?: string;
}

const PROJECT = 'shop';

/** What `pulumi stack export` writes of a stack. */
export function exportedState({
  stack,
  entries = [],
  pending = [],
  time = '2026-01-02T03:04:05Z',
}: StateOptions): string {
  const urnOf = ({ description, name, host }: Entry) =>
    `urn:pulumi:${stack}::${PROJECT}::${typeOf(description, host)}::${name}`;
  const resource = (entry: Entry) => ({
    urn: urnOf(entry),
    custom: true,
    type: typeOf(entry.description, entry.host),
    inputs: entry.outputs ?? {},
    ...entry.fields,
  });
  const deployment = {
    manifest: { time, magic: '', version: 'v3.245.0' },
    resources: entries.map((entry) => ({
      ...resource(entry),
      id: entry.id,
      outputs: {
        ...entry.outputs,
        ...(entry.host === 'plugin' ? {} : { __provider: providerText(entry.description) }),
      },
    })),
    ...(pending.length > 0 && {
      pending_operations: pending.map((entry) => ({ type: 'creating', resource: resource(entry) })),
    }),
  };
  return JSON.stringify({ version: 3, deployment });
}

const typeOf = (description: ResourceDescription, host: Host = 'dynamic') =>
  host === 'plugin' ? pluginType(description) : typeToken(description);
