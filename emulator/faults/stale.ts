import { visibleBindings } from '../imm/shown-bindings.js';
import { visibleObjects } from '../imm/shown-objects.js';
import { visibleMediaBuckets } from '../mts/shown-buckets.js';
import type { ApiRequest, Caller } from '../pipeline/api-request.js';
import { nameOfBinding } from '../state/bindings.js';
import { nameOfMediaBucket } from '../state/media-buckets.js';
import { type Kind, linkOfObject } from '../state/objects.js';
import type { World } from '../world.js';

const KINDS: Readonly<Record<string, Kind>> = {
  CreateProject: 'project',
  DeleteProject: 'project',
  CreateDataset: 'dataset',
  DeleteDataset: 'dataset',
  AttachOSSBucket: 'attachment',
  DetachOSSBucket: 'attachment',
};

/**
 * What there is to see of the link now, taken before a write. The function it gives makes reads show that for a while:
 * it is called when the write has happened.
 */
export function staleness(
  request: ApiRequest,
  caller: Caller,
  world: World,
  milliseconds: number,
): () => void {
  const place = `${caller.account} ${request.region}`;
  const until = world.clock.now() + milliseconds;
  const { params } = request;
  const kind = KINDS[request.action];
  if (kind !== undefined) {
    const ofKind = `${place} ${kind}`;
    const rows = visibleObjects(request, caller, world, kind);
    const shown = rows.find((row) => linkOfObject(request.region, kind, row) === request.link);
    const copy = structuredClone(shown);
    return () => world.heldObjects.hold(ofKind, request.link, { until, shown: copy });
  }
  if (request.service === 'imm') {
    const [project = '', dataset = ''] = [params.get('ProjectName'), params.get('DatasetName')];
    const bucket = (params.get('URI') ?? '').replace(/^oss:\/\//, '');
    const name = nameOfBinding({ project, dataset, bucket });
    const shown = visibleBindings(request, caller, world).find((row) => nameOfBinding(row) === name);
    const copy = structuredClone(shown);
    return () => world.heldBindings.hold(place, name, { until, shown: copy });
  }
  const type = request.action.includes('Output') ? 'Output' : 'Input';
  const name = nameOfMediaBucket({ bucket: params.get('Bucket') ?? '', type });
  const shown = visibleMediaBuckets(request, caller, world).find((row) => nameOfMediaBucket(row) === name);
  const copy = structuredClone(shown);
  return () => world.heldMediaBuckets.hold(place, name, { until, shown: copy });
}
