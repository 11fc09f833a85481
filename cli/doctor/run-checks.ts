import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from '../../provider/alicloud/records/redact.js';
import type { Check } from './check.js';
import type { Context } from './context.js';
import { type Finding, problem, warning } from './finding.js';

export interface Result extends Finding {
  readonly name: string;
  readonly description: string;
}

/** Milliseconds beside those of a check: what bounds its calls says more than that it took too long. */
const GRACE = 1_000;

/** All of them, one after another: what one of them meets stops none of the rest. */
export async function runChecks(
  checks: readonly Check[],
  context: Context,
  begun: (check: Check) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    begun(check);
    const { name, description } = check;
    results.push({ name, description, ...(await bounded(check, context)) });
  }
  return results;
}

async function bounded(check: Check, context: Context): Promise<Finding> {
  const { time } = context.asked;
  const over = new AbortController();
  const late = sleep(time + GRACE, undefined, { signal: over.signal }).then(() =>
    warning(`it did not end within ${time / 1000} s`, 'Give it longer with --timeout.'),
  );
  try {
    return await Promise.race([ran(check, context), late]);
  } finally {
    late.catch(() => {});
    over.abort();
  }
}

async function ran(check: Check, context: Context): Promise<Finding> {
  try {
    return await check.run(context);
  } catch (error) {
    const told =
      error instanceof Error ? `${error.name}: ${redact(error.message)}` : 'for no reason that it told';
    return problem(`the check itself failed (${told})`, 'Please report it, with this line.');
  }
}
