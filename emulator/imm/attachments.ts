import { ApiError, invalidArgument } from '../api-error.js';
import { rfc3339Nano } from '../clock.js';
import type { Handler } from '../pipeline/handler.js';
import { addAttachment, findAttachment, removeAttachment } from '../state/containers.js';
import type { AttachmentRecord } from '../state/records.js';
import type { World } from '../world.js';
import { alreadyExists, notFound, projectOrThrow } from './errors.js';
import { page } from './page.js';
import { bucketName, description, requiredText } from './parameters.js';
import { shownObjects } from './shown-objects.js';

/** api-facts.md §2.8: a bucket has one project. */
export const attachBucket: Handler = (request, caller, world) => {
  const project = requiredText(request, 'ProjectName');
  const bucket = bucketName(request, 'OSSBucket');
  const { Description: text = '' } = description(request, 128) as { readonly Description?: string };
  return world.store.changeRegion(caller.account, request.region, (region, state) => {
    projectOrThrow(world, region, project);
    const now = world.clock.now();
    const attached = findAttachment(region, bucket);
    // UNKNOWN, api-facts.md §2.8: again to the same project, and to another one.
    const isSame = attached?.project === project;
    if (attached && isSame && world.switches.attachAgain === 'success') return {};
    if (attached && (isSame || world.switches.attachToOther !== 'moves'))
      throw alreadyExists('OSSBucketAttachment');
    if (attached) removeAttachment(region, attached, now);
    addAttachment(state, region, { project, bucket, description: text }, now);
    return {};
  });
};

export const detachBucket: Handler = (request, caller, world) => {
  const bucket = bucketName(request, 'OSSBucket');
  return world.store.changeRegion(caller.account, request.region, (region) => {
    const attached = findAttachment(region, bucket);
    if (attached) removeAttachment(region, attached, world.clock.now());
    else if (world.switches.detachMissing !== 'success')
      throw notAttached(world.switches.detachMissing, world);
    return {};
  });
};

export const getAttachment: Handler = (request, caller, world) => {
  const bucket = bucketName(request, 'OSSBucket');
  const found = shownObjects(request, caller, world, 'attachment').find((one) => one.bucket === bucket);
  if (found) {
    const time = timeShown(found, world);
    return { ProjectName: found.project, Description: found.description, CreateTime: time, UpdateTime: time };
  }
  // UNKNOWN, api-facts.md §2.8.
  const { getMissingAttachment } = world.switches;
  if (getMissingAttachment === 'empty') return { ProjectName: '' };
  throw notAttached(getMissingAttachment, world);
};

export const listAttached: Handler = (request, caller, world) => {
  const region = world.store.region(caller.account, request.region);
  const { name } = projectOrThrow(world, region, requiredText(request, 'ProjectName'));
  // api-facts.md §2.8: (0,200].
  if (request.params.get('MaxResults') === '0')
    throw invalidArgument('Specified parameter MaxResults is not valid.');
  const wanted = shownObjects(request, caller, world, 'attachment').filter(({ project }) => project === name);
  const { items, token } = page(request, wanted, ({ bucket }) => bucket);
  const rows = items.map((record) => {
    const time = rfc3339Nano(record.createdAt, record.sequence);
    return {
      OSSBucket: record.bucket,
      ProjectName: record.project,
      Description: record.description,
      OwnerId: caller.account,
      CreateTime: time,
      UpdateTime: time,
    };
  });
  return { AttachedOSSBuckets: rows, ...token };
};

function notAttached(code: string, world: World): ApiError {
  if (code === 'ResourceNotFound') return notFound(world, 'Attachment');
  return new ApiError(400, code, 'The bucket is not attached.');
}

/** UNKNOWN which of them: text, sample and list of the page say three (api-facts.md §2.8). */
function timeShown({ createdAt, sequence }: AttachmentRecord, world: World): string {
  const { attachmentTimes } = world.switches;
  if (attachmentTimes === 'milliseconds') return new Date(createdAt).toISOString();
  const nanos = rfc3339Nano(createdAt, sequence);
  return attachmentTimes === 'quoted' ? `""${nanos}""` : nanos;
}
