import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readGiven } from '../read-file.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { exportStack, listStacks } from './backend.js';
import { readDeployment } from './deployment.js';
import { type StackState, stackState } from './stack-state.js';

/**
 * The stacks of these places: `-` is what is piped in, else a file, a folder of files or of a file backend, or the URL of
 * a backend. One that cannot be read ends the command: what it holds would be reported as nobody's.
 */
export async function readStates(
  places: readonly string[],
  terminal: Terminal,
): Promise<readonly StackState[]> {
  const states: StackState[] = [];
  for (const place of places) {
    terminal.progress(`reading ${place}`);
    states.push(...(await statesAt(place, terminal)));
  }
  terminal.progress();
  return states;
}

/** The stacks of these names in the backend that Pulumi uses here, and those of these places; without both the selected one. */
export async function readStacks(
  names: readonly string[],
  places: readonly string[],
  terminal: Terminal,
): Promise<readonly StackState[]> {
  const isNone = names.length === 0 && places.length === 0;
  const states: StackState[] = [];
  for (const name of isNone ? [undefined] : names) states.push(await readStack(name, terminal));
  return [...states, ...(await readStates(places, terminal))];
}

async function readStack(name: string | undefined, terminal: Terminal): Promise<StackState> {
  const from = name ?? 'the selected stack';
  terminal.progress(`reading ${from}`);
  const content = await exportStack(name, terminal.environment);
  terminal.progress();
  return stateIn(content, from);
}

async function statesAt(place: string, terminal: Terminal): Promise<readonly StackState[]> {
  if (place === '-') {
    const input = await terminal.input();
    if (input === undefined) throw new UsageError('nothing is piped in: `pulumi stack export | …`');
    return [stateIn(Buffer.from(input), 'standard input')];
  }
  if (/^[a-z0-9]+:\/\//i.test(place)) {
    const environment = { ...terminal.environment, PULUMI_BACKEND_URL: place };
    const states = [];
    for (const name of await listStacks(environment)) {
      terminal.progress(`reading ${name} of ${place}`);
      states.push(stateIn(await exportStack(name, environment), name));
    }
    return states;
  }
  return filesAt(place).map((file) => stateIn(readGiven(file, `the state ${file}`), file));
}

function stateIn(content: Buffer, from: string): StackState {
  const read = readDeployment(content);
  if (read === undefined)
    throw new UsageError(
      `${from} is no state of a stack: give what \`pulumi stack export\` writes, or the file of a backend`,
    );
  return stackState(read, from);
}

/** The file itself, or those of a folder: of a file backend only its stacks, without their older versions. */
function filesAt(place: string): readonly string[] {
  if (!isFolder(place)) return [place];
  const stacks = join(place, '.pulumi', 'stacks');
  const folder = isFolder(stacks) ? stacks : place;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(\.gz)?$/.test(name) && !/(^|\/)(\.|node_modules\/)/.test(name))
    .sort();
  if (files.length === 0)
    throw new UsageError(`the folder ${place} holds no state: no file in it ends in .json`);
  return files.map((name) => join(folder, name));
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
