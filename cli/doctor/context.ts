import { Session } from '../../provider/hosts/session.js';
import type { Names } from './calls.js';
import type { Found } from './finding.js';
import { findProgram, type Program } from './program.js';
import { Services } from './services.js';
import { configSource, type Setting, settingsOf } from './settings.js';
import { findStack, type Stack } from './stack.js';

/** What the person who asks has said. */
export interface Asked extends Names {
  readonly folder: string;
  readonly stack: string | undefined;
  readonly region: string | undefined;
  /** Milliseconds for each check. */
  readonly time: number;
}

/** What every check may look at. */
export interface Context {
  readonly asked: Asked;
  readonly environment: NodeJS.ProcessEnv;
  readonly program: Found<Program>;
  readonly stack: Found<Stack>;
  readonly settings: readonly Setting[];
  readonly services: Services;
}

export function contextOf(asked: Asked, environment: NodeJS.ProcessEnv): Context {
  const program = findProgram(asked.folder);
  const stack: Found<Stack> =
    'found' in program ? findStack(program.found, asked.stack, environment) : program;
  const found = 'found' in program ? program.found : undefined;
  const settings = settingsOf(found, 'found' in stack ? stack.found : undefined);
  const hosts = found ?? { usesPlugin: false, usesDynamic: true };
  const source = configSource(settings, hosts, asked.region);
  // What the package says beside its errors, a check says in its own words.
  const session = new Session(source, environment, () => {});
  return { asked, environment, program, stack, settings, services: new Services(session, asked.time) };
}
