import { type Held, type Holdings, MOST_NAMED } from '../../lifecycle/holdings.js';
import type { Operation } from '../../lifecycle/operation.js';
import { listAttached } from '../bucket-attachment/attachments.js';
import { bindingsOf, seenOf } from '../dataset/held-by-dataset.js';
import { listDatasets } from '../dataset/list-datasets.js';
import { pages } from '../pages.js';

interface Names {
  readonly region: string;
  readonly projectName: string;
}

const TRIGGERS =
  "A trigger or a batch is nobody's here: suspend it where it runs (SuspendTrigger, SuspendBatch), then delete it with " +
  'DeleteTrigger or DeleteBatch.';

/** What keeps the service from deleting a project; of the bindings those in the datasets that an error would name. */
export async function heldByProject(operation: Operation, names: Names): Promise<Holdings> {
  const { region, projectName } = names;
  const datasets: string[] = [];
  const own = await seenOf([
    [
      'datasets',
      async () => {
        for (const { DatasetName } of await listDatasets(operation, names))
          datasets.push(String(DatasetName));
        return datasets.map((name) => ({ title: 'imm.Dataset', id: `${region}/${projectName}/${name}` }));
      },
    ],
    [
      'attached buckets',
      async () =>
        (await listAttached(operation, names)).map(({ OSSBucket }) => ({
          title: 'imm.BucketAttachment',
          id: `${region}/${projectName}/oss://${OSSBucket}`,
        })),
    ],
    [
      'triggers',
      () => jobsOf(operation, names, { action: 'ListTriggers', field: 'Triggers', title: 'trigger' }),
    ],
    ['batches', () => jobsOf(operation, names, { action: 'ListBatches', field: 'Batches', title: 'batch' })],
  ]);
  // What leaving the dataset out of ListBindings means is UNKNOWN (api-facts.md §2.1), so each is asked for.
  const within = await seenOf(
    datasets
      .slice(0, MOST_NAMED)
      .map((datasetName) => [
        `bindings of ${datasetName}`,
        () => bindingsOf(operation, { ...names, datasetName }),
      ]),
  );
  return { held: [...own.held, ...within.held], unseen: [...own.unseen, ...within.unseen] };
}

async function jobsOf(
  operation: Operation,
  { region, projectName }: Names,
  { action, field, title }: { readonly action: string; readonly field: string; readonly title: string },
): Promise<readonly Held[]> {
  const params = { ProjectName: projectName, MaxResults: 100 };
  const rows = await pages(operation, { region, action, field, params });
  return rows.map(({ Id }) => ({ title, id: String(Id), cure: TRIGGERS }));
}
