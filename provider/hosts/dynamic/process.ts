import type { ConfigSource } from '../../alicloud/configuration/configuration.js';
import { engineLog } from '../engine-log.js';
import { RunFile } from '../run-file.js';
import { Session } from '../session.js';

let current: Session | undefined;
/** The engine's address is the second argument of Pulumi's dynamic-provider process. */
const log = engineLog(() => process.argv[2]);

/**
 * Keeps the configuration, at once: only the first call of the process waits for `configure`, and every entry of
 * this package is given the same one.
 */
export function configured(get: ConfigSource): void {
  const [, , engine] = process.argv;
  const run = engine === undefined ? undefined : new RunFile(engine);
  current ??= new Session(get, process.env, log.say, undefined, run);
}

export function session(): Session {
  if (current === undefined) throw new Error('the dynamic-provider process gave no configuration.');
  return current;
}

/** Ends only when all that the work said has arrived: the engine may stop the process right after. */
export async function spoken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await log.flush();
  }
}
