import type { Held, Holdings } from '../lifecycle/holdings.js';
import type { Operation } from '../lifecycle/operation.js';
import { bindingsOf, seenOf } from './held-by-dataset.js';
import { pages } from './pages.js';

interface Names {
  readonly region: string;
  readonly projectName: string;
}

const TRIGGERS =
  "A trigger or a batch is nobody's here: suspend it where it runs (SuspendTrigger, SuspendBatch), then delete it with " +
  'DeleteTrigger or DeleteBatch.';

/** What keeps the service from deleting a project. */
export function heldByProject(operation: Operation, names: Names): Promise<Holdings> {
  const { region, projectName } = names;
  const list = (action: string, field: string, most: number) =>
    pages(operation, { region, action, field, params: { ProjectName: projectName, MaxResults: most } });
  const jobs = async (action: string, field: string, title: string): Promise<readonly Held[]> =>
    (await list(action, field, 100)).map(({ Id }) => ({ title, id: String(Id), cure: TRIGGERS }));
  return seenOf([
    [
      'datasets',
      async () =>
        (await list('ListDatasets', 'Datasets', 200)).map(({ DatasetName }) => ({
          title: 'imm.Dataset',
          id: `${region}/${projectName}/${DatasetName}`,
        })),
    ],
    ['bindings', () => bindingsOf(operation, names)],
    [
      'attached buckets',
      async () =>
        (await list('ListAttachedOSSBuckets', 'AttachedOSSBuckets', 100)).map(({ OSSBucket }) => ({
          title: 'imm.BucketAttachment',
          id: `${region}/${projectName}/oss://${OSSBucket}`,
        })),
    ],
    ['triggers', () => jobs('ListTriggers', 'Triggers', 'trigger')],
    ['batches', () => jobs('ListBatches', 'Batches', 'batch')],
  ]);
}
