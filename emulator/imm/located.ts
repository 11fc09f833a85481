import type { ApiRequest, Caller } from '../pipeline/api-request.js';
import { findAttachment } from '../state/containers.js';
import { attachmentLink } from '../state/links.js';
import type { World } from '../world.js';

/** The link of a request about an attachment: those that name the bucket alone are about the project that has it. */
export function located(request: ApiRequest, caller: Caller, world: World): ApiRequest {
  const bucket = request.params.get('OSSBucket');
  if (bucket === undefined || request.params.get('ProjectName')) return request;
  const found = findAttachment(world.store.region(caller.account, request.region), bucket);
  return found === undefined ? request : { ...request, link: attachmentLink(request.region, found) };
}
