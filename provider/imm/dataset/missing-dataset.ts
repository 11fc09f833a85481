import { NotFoundError } from '../../alicloud/answers/errors.js';
import type { Evidence } from '../../lifecycle/evidence.js';
import type { Operation } from '../../lifecycle/operation.js';
import type { Row } from '../../lifecycle/values.js';
import type { DatasetNames } from '../names.js';
import { projectMissing } from '../parent-missing.js';
import { listDatasets } from './list-datasets.js';

/** The only text that tells a missing dataset from a missing project (api-facts.md §2.5): names in it mean nothing. */
const DATASET_NOT_FOUND = /^The specified resource dataset is not found\b/i;

/** One code stands for a missing project and a missing dataset. A listing of the project answers only where there is one. */
export async function missingDataset(
  operation: Operation,
  { region, projectName, datasetName }: DatasetNames,
  refusal: NotFoundError,
): Promise<Evidence<Row>> {
  if (DATASET_NOT_FOUND.test(refusal.text)) return { is: 'absent' };
  try {
    const rows = await listDatasets(operation, { region, projectName }, datasetName);
    const found = rows.find(({ DatasetName }) => DatasetName === datasetName);
    return found === undefined ? { is: 'absent' } : { is: 'present', found };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const why = 'It cannot be deleted while it has datasets';
    throw projectMissing(operation.kind, { what: 'the dataset', region, projectName, why }, error);
  }
}
