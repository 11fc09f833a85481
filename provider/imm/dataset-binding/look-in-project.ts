import { ServiceError, ThrottledError, TransportError } from '../../alicloud/answers/errors.js';
import type { Request } from '../../alicloud/sending/wire.js';
import type { Asked, Evidence } from '../../lifecycle/evidence.js';
import type { Operation, Sender } from '../../lifecycle/operation.js';
import { PerWire, SharedReading } from '../../lifecycle/shared-reading.js';
import type { Row } from '../../lifecycle/values.js';
import { page } from '../pages.js';
import type { Binding, BindingNames } from './binding.js';
import { GOOD_FOR, type Listing, listingOf } from './list-bindings.js';

/** The listing of a project's bindings, which the deletes in several of its datasets ride. */
interface ProjectReads {
  /** Of one page; undefined where there are more, or a row does not say what it is. */
  readonly listing: SharedReading<Listing | undefined>;
  /** The datasets in which bindings are deleted. */
  readonly datasets: Set<string>;
  /** The bindings that such a listing has shown. */
  readonly shown: Set<string>;
  isOfUse: boolean;
}

/** Longer than for one dataset: the engine, not the service, sets the pace of a destroy, and ends few deletes in 100 ms. */
const GATHER = 250;

const READS = new PerWire<ProjectReads>(() => ({
  listing: new SharedReading<Listing | undefined>(GOOD_FOR, GATHER),
  datasets: new Set(),
  shown: new Set(),
  isOfUse: true,
}));

export function projectReadsOf(wire: object, { region, projectName }: BindingNames): ProjectReads {
  return READS.for(wire, `${region}/${projectName}`);
}

/** What names a binding in its project. */
export function nameInProject({ datasetName, uri }: Pick<BindingNames, 'datasetName' | 'uri'>): string {
  return `${datasetName}/${uri}`;
}

/**
 * What the listing of the project says of a binding that is deleted; undefined where there is none. The engine deletes
 * in any order: eight at a time are in eight datasets, and each would need a listing of its own.
 *
 * What leaving the dataset out of ListBindings means is UNKNOWN (api-facts.md §2.1), and a policy that names datasets
 * may not allow it. So it says what it shows, and of what it has shown before that it is gone; of nothing else.
 */
export async function lookInProject(
  operation: Operation,
  names: BindingNames,
  { after, absence }: Asked,
): Promise<Evidence<Binding> | undefined> {
  if (operation.kind !== 'delete') return undefined;
  const reads = projectReadsOf(operation.wire, names);
  reads.datasets.add(names.datasetName);
  if (!reads.isOfUse || reads.datasets.size === 1) return undefined;
  const name = nameInProject(names);
  const listing = await listed();
  if (listing === undefined) return undefined;
  const found = listing.get(name);
  if (found !== undefined) return { is: 'present', found };
  return absence === 'listed' && reads.shown.has(name) ? { is: 'absent' } : { is: 'unknown' };

  async function listed(): Promise<Listing | undefined> {
    const what = `listing the bindings of ${names.projectName}`;
    try {
      return (await reads.listing.read(name, operation, what, begin, after)).value;
    } catch (error) {
      if (!(error instanceof ServiceError || error instanceof TransportError)) throw error;
      // The dataset is asked in its place, whatever it is; only what is throttled is worth another try.
      reads.isOfUse &&= error instanceof ThrottledError;
      return undefined;
    }
  }

  async function begin(sender: Sender): Promise<Listing | undefined> {
    const listing = await listOnePage(sender, names);
    reads.isOfUse &&= listing !== undefined;
    for (const shown of listing?.keys() ?? []) reads.shown.add(shown);
    return listing;
  }
}

/** There is a binding that the listing of the project did not show: it is of some datasets, or of none. */
export function missedInProject(operation: Operation, names: BindingNames): void {
  projectReadsOf(operation.wire, names).isOfUse = false;
}

/** Sent once: whatever the service makes of it, the listing of the dataset is tried again and again. */
async function listOnePage(
  sender: Sender,
  { region, projectName }: BindingNames,
): Promise<Listing | undefined> {
  const once = { request: (request: Request) => sender.once(request, 1) };
  const params = { ProjectName: projectName, MaxResults: 200 };
  const { rows, next } = await page(once, { region, action: 'ListBindings', field: 'Bindings', params });
  const named = rows.filter(isNamed);
  // One that cannot be told from the others may be any of them.
  if (next !== '' || named.length < rows.length) return undefined;
  return listingOf(named, (uri, { DatasetName }) => nameInProject({ datasetName: String(DatasetName), uri }));
}

const isNamed = (row: Row | undefined): row is Row =>
  typeof row?.DatasetName === 'string' && typeof row.URI === 'string';
