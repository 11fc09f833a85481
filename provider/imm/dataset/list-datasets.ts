import type { Sender } from '../../lifecycle/operation.js';
import type { Row } from '../../lifecycle/values.js';
import type { DatasetNames } from '../names.js';
import { pages } from '../pages.js';

/** The datasets of a project; with a prefix those whose names begin so. */
export function listDatasets(
  sender: Pick<Sender, 'request'>,
  { region, projectName }: Omit<DatasetNames, 'datasetName'>,
  prefix?: string,
): Promise<readonly Row[]> {
  const params = {
    ProjectName: projectName,
    MaxResults: 200,
    ...(prefix !== undefined && { Prefix: prefix }),
  };
  return pages(sender, { region, action: 'ListDatasets', field: 'Datasets', params });
}
