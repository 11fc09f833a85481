import { attachmentLink, bindingLink, datasetLink, inputBucketLink, projectLink } from '../state/links.js';
import type { ApiRequest, Received, Service } from './api-request.js';

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ['2020-09-30', 'imm'],
  ['2014-06-18', 'mts'],
  ['2015-04-01', 'sts'],
]);

/** Version and Action choose the operation; the path is always "/" (api-facts.md §2 and §3, Common). */
export function identify(received: Received, requestId: string, defaultRegion: string): ApiRequest {
  const { params, headers } = received;
  // ACS3 requests name both in headers; in an RPC request the parameter is the signed one.
  const action = params.get('Action') ?? header(headers['x-acs-action']);
  const version = params.get('Version') ?? header(headers['x-acs-version']);
  const region = params.get('RegionId') || regionOfHost(received.host) || defaultRegion;
  const service = received.path === '/' ? (SERVICES.get(version) ?? '') : '';
  return { ...received, service, version, action, region, requestId, link: linkOf(action, params, region) };
}

/** `imm.cn-shanghai.aliyuncs.com`, `mts-vpc.cn-shanghai.aliyuncs.com`: api-facts.md §2.6 and §3.2. */
function regionOfHost(host: string): string {
  return /^(?:imm|mts|sts)(?:-vpc)?\.([a-z0-9-]+)\.aliyuncs\.com(?::\d+)?$/.exec(host)?.[1] ?? '';
}

function linkOf(action: string, params: ReadonlyMap<string, string>, region: string): string {
  const bucket = params.get('Bucket');
  if (bucket) return action.endsWith('InputBucket') ? inputBucketLink(region, bucket) : `${region}/${bucket}`;
  const project = params.get('ProjectName') ?? '';
  const dataset = params.get('DatasetName');
  const uri = params.get('URI');
  if (dataset && uri) return bindingLink(region, { project, dataset, bucket: uri.replace(/^oss:\/\//, '') });
  const attached = params.get('OSSBucket');
  // A detach names no project: located.ts finds it.
  if (attached) return attachmentLink(region, { project, bucket: attached });
  if (project === '') return '';
  return dataset ? datasetLink(region, { project, name: dataset }) : projectLink(region, project);
}

function header(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
