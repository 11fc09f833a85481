import type { Request } from '../../provider/alicloud/sending/wire.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';

/** A call that only reads; its region is that of the configuration. */
export type ReadingCall = Pick<Request, 'service' | 'action' | 'params'>;

/** What the person who asks has named. */
export interface Names {
  readonly project: string | undefined;
  readonly dataset: string | undefined;
}

/** Of nobody: that it is not found says that the call is permitted. */
const MADE_UP = 'pulumi-alicloud-media-doctor';

/** What tells whether a service answers at all: it needs no name. */
export const PROBES = {
  imm: { service: 'imm', action: 'GetOSSBucketAttachment', params: { OSSBucket: MADE_UP } },
  mts: { service: 'mts', action: 'ListAllMediaBucket', params: { MaximumPageSize: 1 } },
} as const satisfies Readonly<Record<'imm' | 'mts', ReadingCall>>;

type Params = Readonly<Record<string, string | number>>;

/** What the service wants besides names, by action; a listing is asked for as little as it gives. */
const OWN: Readonly<Record<string, Params>> = {
  GetBinding: { URI: `oss://${MADE_UP}` },
  SimpleQuery: { MaxResults: 1, WithFields: '["URI"]' },
  GetOSSBucketAttachment: PROBES.imm.params,
  ListAllMediaBucket: PROBES.mts.params,
};

/** The resources that RAM is asked about for this action, of every resource of the package that reads by it. */
function resourcesOf(service: string, action: string): readonly string[] {
  return LIFECYCLES.flatMap(({ description: { ramActions } }) =>
    ramActions.filter((one) => one.action === `${service}:${action}`).map(({ resource }) => resource),
  );
}

/** The call of an action that only reads, or the option that it lacks: its names stand in what RAM is asked about. */
export function readingCall(
  service: ReadingCall['service'],
  action: string,
  { project, dataset }: Names,
): { readonly call: ReadingCall } | { readonly lacks: '--project' | '--dataset' } {
  const resources = resourcesOf(service, action);
  const needs = (name: string) => resources.some((resource) => resource.includes(`{${name}}`));
  const own = OWN[action] ?? (action.startsWith('List') ? { MaxResults: 1 } : {});
  if (!needs('projectName')) return { call: { service, action, params: own } };
  if (project === undefined) return { lacks: '--project' };
  const params = { ProjectName: project, ...own };
  if (!needs('datasetName')) return { call: { service, action, params } };
  if (dataset === undefined) return { lacks: '--dataset' };
  return { call: { service, action, params: { ...params, DatasetName: dataset } } };
}
