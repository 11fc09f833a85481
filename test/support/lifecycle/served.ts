import type { Call } from '../../../provider/hosts/run-step.js';
import { KeptError } from '../../../provider/hosts/step-error.js';
import type {
  CheckResult,
  DiffResult,
  Found,
  Lifecycle,
  Made,
  Properties,
} from '../../../provider/lifecycle/lifecycle.js';
import { CallError } from '../dynamic/provider-process.js';

/** What serves the resources in a test of one process: the steps themselves, or the provider plugin around them. */
export const SERVERS = ['steps', 'plugin'] as const;
export type Server = (typeof SERVERS)[number];

/** The steps of one resource, whatever serves them. */
export interface Served {
  readonly lifecycle: Lifecycle;
  check(news: Properties): CheckResult | Promise<CheckResult>;
  diff(outputs: Properties, news: Properties): DiffResult | Promise<DiffResult>;
  create(inputs: Properties, call?: Call): Promise<Made>;
  read(id: string, outputs: Properties, call?: Call): Promise<Found | undefined>;
  update(id: string, outputs: Properties, news: Properties, call?: Call): Promise<Properties>;
  delete(id: string, outputs: Properties, call?: Call): Promise<void>;
}

/** The outputs that a step which failed wants kept in the state, if so. */
export function keptOf(error: unknown): Properties | undefined {
  if (error instanceof KeptError) return error.outputs;
  return error instanceof CallError ? error.kept?.properties : undefined;
}
