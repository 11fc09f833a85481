import { join } from 'node:path';
import type { Emulator } from '../../../emulator/index.js';
import { Stack } from '../../support/cli/stack.js';

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

interface Exported {
  readonly deployment: { resources: Resource[] };
}

/** A program that declares output buckets. */
export function outputBuckets(prefix: string, count: number): string {
  return `for (let i = 0; i < ${count}; i++) new mps.OutputBucket(\`${prefix}-\${i}\`, { bucket: \`${prefix}-\${i}\` });`;
}

/** The bucket of a link of such a program. */
export function bucketOf(link: string): string {
  return link.slice(link.indexOf('/') + 1);
}

/**
 * Makes of the one output bucket that a stack holds as many as the program declares, in the state and in the
 * emulator: an `up` of so many would only take longer.
 */
export async function multiply(
  stack: Stack,
  emulator: Emulator,
  prefix: string,
  count: number,
): Promise<void> {
  await importMany(stack, emulator, JSON.parse(await stack.exported()) as Exported, prefix, count);
}

/** Stacks that hold so many output buckets each, with the word before the number in the names of theirs. */
export async function stacksOf(
  emulator: Emulator,
  prefixes: readonly string[],
  count: number,
): Promise<Stack[]> {
  const stacks: Stack[] = [];
  for (const prefix of prefixes) {
    stacks.push(await Stack.make({ emulator, program: outputBuckets(prefix, 1) }));
  }
  // What one of them made is the model for all.
  const [maker] = stacks;
  await maker?.up();
  const made = JSON.parse((await maker?.exported()) ?? '{}') as Exported;
  for (const [number, stack] of stacks.entries()) {
    const prefix = prefixes[number] ?? '';
    stack.write(outputBuckets(prefix, count));
    await importMany(stack, emulator, made, prefix, count);
  }
  return stacks;
}

async function importMany(
  stack: Stack,
  emulator: Emulator,
  state: Exported,
  prefix: string,
  count: number,
): Promise<void> {
  const isBucket = ({ type }: Resource) => type.endsWith(':OutputBucket');
  const model = state.deployment.resources.find(isBucket);
  if (model === undefined) throw new Error('the stack holds no output bucket');
  const bound = new Set(emulator.mediaBuckets().map(({ link }) => bucketOf(link)));
  const others = state.deployment.resources.filter((resource) => !isBucket(resource));
  const links = Array.from({ length: count }, (_, index): Resource => {
    const bucket = `${prefix}-${index}`;
    if (!bound.has(bucket)) emulator.bindOutputBucket(bucket);
    return {
      ...model,
      urn: model.urn.replace(/[^:]+$/, bucket),
      id: `cn-shanghai/${bucket}`,
      inputs: { ...model.inputs, bucket },
      outputs: { ...model.outputs, bucket },
    };
  });
  const resources = [...others, ...links];
  stack.file('many.json', JSON.stringify({ ...state, deployment: { ...state.deployment, resources } }));
  await stack.succeed('stack', 'import', '--file', join(stack.folder, 'many.json'));
}
