import type { ApiRequest, Caller } from '../pipeline/api-request.js';

const PROJECT = 'project/{ProjectName}';
const DATASET = `${PROJECT}/dataset/{DatasetName}`;

/**
 * The resource that RAM asks a policy about, by action: api-facts.md §2.1, §2.4, §2.8. What is not here has no permission for a part:
 * all of MTS, and of IMM the actions that name a bucket alone; of ListProjects no page says it.
 */
const RESOURCES: Readonly<Record<string, string>> = {
  CreateProject: PROJECT,
  UpdateProject: PROJECT,
  GetProject: PROJECT,
  DeleteProject: PROJECT,
  AttachOSSBucket: PROJECT,
  ListAttachedOSSBuckets: PROJECT,
  ListDatasets: `${PROJECT}/dataset/*`,
  ListTriggers: `${PROJECT}/trigger/*`,
  ListBatches: `${PROJECT}/batch/*`,
  CreateDataset: DATASET,
  UpdateDataset: DATASET,
  GetDataset: DATASET,
  DeleteDataset: DATASET,
  CreateBinding: DATASET,
  GetBinding: DATASET,
  ListBindings: DATASET,
  DeleteBinding: DATASET,
  SimpleQuery: DATASET,
  BatchDeleteFileMeta: DATASET,
  DeleteFileMeta: DATASET,
};

export function arnOf({ service, region, action, params }: ApiRequest, { account }: Caller): string {
  const resource = service === 'imm' ? RESOURCES[action] : undefined;
  if (resource === undefined) return '*';
  // What leaves a name out asks for all of that kind.
  const named = resource.replace(/\{(\w+)\}/g, (_, name: string) => params.get(name) ?? '*');
  return `acs:imm:${region}:${account}:${named}`;
}
