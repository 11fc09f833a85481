import { PERMISSION } from '../../alicloud/answers/error-codes.js';
import { WaitTimeoutError } from '../../lifecycle/failures.js';
import type { Holdings } from '../../lifecycle/holdings.js';
import type { Operation } from '../../lifecycle/operation.js';
import type { DatasetNames } from '../names.js';

const BATCH = 100;
const MOST = 1_000;
/** Milliseconds between batches; longer where entries that were removed are still shown. */
const FIRST = 50;
const LONGEST = 5_000;

export const FORCE_DESTROY = {
  forceDestroy: {
    type: 'boolean',
    description:
      'Remove the index entries when the dataset is deleted; the objects in OSS stay. Has to be in the state before the destroy, and does not act in a replacement. A change sends nothing.',
    default: '`false`',
    example: 'true',
  },
  forceDestroyMaxEntries: {
    type: 'integer',
    range: [0, 9_007_199_254_740_991],
    rule: 'a whole number from 0 to 9007199254740991',
    description: 'Above so many entries `forceDestroy` removes none. A change sends nothing.',
    default: '`1000`',
    example: '5000',
  },
} as const;

interface Outputs extends DatasetNames {
  readonly forceDestroy?: boolean;
  readonly forceDestroyMaxEntries?: number;
}

/** How many entries the index of a dataset has. */
export async function countEntries(operation: Operation, names: DatasetNames): Promise<number> {
  const { total, uris } = await query(operation, names, 1);
  return Math.max(total, uris.length);
}

/** Removes the entries of a dataset where the state says so, in batches; entries that are gone by then do no harm. */
export async function clearEntries(
  operation: Operation,
  outputs: Outputs,
  { held, unseen }: Holdings,
): Promise<boolean> {
  const entries = held.find(({ title }) => title === 'index entries')?.count ?? 0;
  // A binding that still stands would index again.
  if (outputs.forceDestroy !== true || entries === 0 || held.length > 1) return false;
  const { subject } = operation;
  if (unseen.length > 0)
    throw new Error(
      `the dataset has ${entries} index entries, and forceDestroy removes them only once it has seen that no binding is ` +
        `left, which would index them again. Not seen: ${unseen.join(', ')}. Nothing was removed. ${PERMISSION}`,
    );
  if (operation.isReplaced)
    throw new Error(
      `the dataset has ${entries} index entries, and forceDestroy does not act in a replacement. Nothing was removed. ` +
        'Take the dataset out of the program first, or remove the entries.',
    );
  const most = outputs.forceDestroyMaxEntries ?? MOST;
  if (entries > most)
    throw new Error(
      `the dataset has ${entries} index entries, and forceDestroy removes up to ${most}. Nothing was removed. To remove ` +
        'them, set forceDestroyMaxEntries on it to as many, run `pulumi up`, then the same command again.',
    );
  operation.say(
    'warning',
    `${subject}: forceDestroy removes its ${entries} index entries first; the objects in OSS stay.`,
  );
  const removed = new Set<string>();
  for (let pause = FIRST; ; ) {
    const { uris } = await query(operation, outputs, BATCH);
    if (uris.length === 0) break;
    const fresh = uris.filter((uri) => !removed.has(uri));
    if (removed.size + fresh.length > Math.max(most, entries))
      throw new Error(
        `more entries came while forceDestroy removed them: ${removed.size} are removed, and there are more than it may ` +
          'remove. Stop what writes them, then run the same command again.',
      );
    // Those that are still shown are sent again: no harm is in it.
    await remove(operation, outputs, uris);
    for (const uri of fresh) removed.add(uri);
    pause = fresh.length > 0 ? FIRST : Math.min(LONGEST, pause * 1.5);
    const count = `forceDestroy: ${removed.size} of ${entries} index entries removed`;
    if (!(await operation.pause(count, pause)))
      throw new WaitTimeoutError(
        'removing index entries',
        operation.now() - operation.started,
        count,
        'delete',
      );
  }
  operation.say('info', `${subject}: forceDestroy removed ${removed.size} index entries.`);
  return removed.size > 0;
}

async function query(
  operation: Operation,
  { region, projectName, datasetName }: DatasetNames,
  most: number,
): Promise<{ readonly total: number; readonly uris: readonly string[] }> {
  const { body } = await operation.request({
    service: 'imm',
    region,
    action: 'SimpleQuery',
    params: { ProjectName: projectName, DatasetName: datasetName, MaxResults: most, WithFields: '["URI"]' },
    answers: ({ Files }) => Array.isArray(Files),
  });
  const files = body.Files as { readonly URI?: unknown }[];
  const total = Number(body.TotalHits ?? files.length);
  return { total: Number.isFinite(total) ? total : files.length, uris: files.map(({ URI }) => String(URI)) };
}

async function remove(operation: Operation, names: DatasetNames, uris: readonly string[]): Promise<void> {
  const { region, projectName, datasetName } = names;
  await operation.request({
    service: 'imm',
    region,
    action: 'BatchDeleteFileMeta',
    params: { ProjectName: projectName, DatasetName: datasetName, URIs: JSON.stringify(uris) },
    changes: `${region}/${projectName}/${datasetName}`,
  });
}
