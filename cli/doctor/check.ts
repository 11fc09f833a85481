import type { Context } from './context.js';
import type { Finding } from './finding.js';

/** One question that the doctor answers. A new one is an entry in the list of checks.ts. */
export interface Check {
  readonly name: string;
  /** What it looks at. */
  readonly description: string;
  run(context: Context): Finding | Promise<Finding>;
}
