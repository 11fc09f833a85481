import { NotFoundError } from '../alicloud/errors.js';
import type { Evidence } from '../lifecycle/evidence.js';
import { ParentMissingError } from '../lifecycle/failures.js';
import type { Operation } from '../lifecycle/operation.js';
import type { Row } from '../lifecycle/values.js';
import type { DatasetNames } from './names.js';
import { pages } from './pages.js';

/** The only text that tells a missing dataset from a missing project (api-facts.md §2.5): names in it mean nothing. */
const DATASET_NOT_FOUND = /^The specified resource dataset is not found\b/i;

/** One code stands for a missing project and a missing dataset. A listing of the project answers only where there is one. */
export async function missingDataset(
  operation: Operation,
  { region, projectName, datasetName }: DatasetNames,
  refusal: NotFoundError,
): Promise<Evidence<Row>> {
  if (DATASET_NOT_FOUND.test(refusal.text)) return { is: 'absent' };
  const params = { ProjectName: projectName, Prefix: datasetName, MaxResults: 200 };
  try {
    const rows = await pages(operation, { region, action: 'ListDatasets', field: 'Datasets', params });
    const found = rows.find(({ DatasetName }) => DatasetName === datasetName);
    return found === undefined ? { is: 'absent' } : { is: 'present', found };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const missing = `the project ${projectName} is not found in ${region}: ${error.message}.`;
    const check = 'Check the name, the region, the endpoint and the account';
    throw new ParentMissingError(
      operation.kind === 'create'
        ? `${missing} ${check}, or make it first.`
        : `${missing} It cannot be deleted while it has datasets, so this is no proof that the dataset is gone. ${check}; ` +
            'if the project really was deleted, remove the resource with `pulumi state delete`.',
    );
  }
}
