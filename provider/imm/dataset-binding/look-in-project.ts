import { ServiceError, ThrottledError, TransportError } from '../../alicloud/answers/errors.js';
import type { Reply } from '../../alicloud/answers/reply.js';
import type { Asked, Evidence } from '../../lifecycle/evidence.js';
import type { Operation, Sender } from '../../lifecycle/operation.js';
import { PerWire, SharedReading } from '../../lifecycle/shared-reading.js';
import { type Row, record } from '../../lifecycle/values.js';
import type { Binding, BindingNames } from './binding.js';
import { GOOD_FOR, type Listing, listingOf } from './list-bindings.js';

/** The listing of a project's bindings, which the deletes in several of its datasets ride. */
interface ProjectReads {
  /** Of one page; undefined where the project has more. */
  readonly listing: SharedReading<Listing | undefined>;
  /** The datasets in which bindings are deleted. */
  readonly datasets: Set<string>;
  /** The bindings that such a listing has shown. */
  readonly shown: Set<string>;
  isOfUse: boolean;
}

/** The engine ends fewer deletes than this in a second where it is the engine that is slow, and not the service. */
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
  for (const shown of listing.keys()) reads.shown.add(shown);
  const found = listing.get(name);
  if (found !== undefined) return { is: 'present', found };
  return absence === 'listed' && reads.shown.has(name) ? { is: 'absent' } : { is: 'unknown' };

  async function listed(): Promise<Listing | undefined> {
    const what = `listing the bindings of ${names.projectName}`;
    const begin = (sender: Sender) => listOnePage(sender, names);
    try {
      const { value } = await reads.listing.read(name, operation, what, begin, after);
      reads.isOfUse &&= value !== undefined;
      return value;
    } catch (error) {
      if (!(error instanceof ServiceError || error instanceof TransportError)) throw error;
      // Also where it might succeed later: the dataset answers now.
      reads.isOfUse &&= error instanceof ThrottledError;
      return undefined;
    }
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
  const params = { ProjectName: projectName, MaxResults: 200 };
  const answers = (body: Reply) => rowsOf(body).every(({ DatasetName }) => typeof DatasetName === 'string');
  const { body } = await sender.once({ service: 'imm', region, action: 'ListBindings', params, answers }, 1);
  if (typeof body.NextToken === 'string' && body.NextToken !== '') return undefined;
  return listingOf(rowsOf(body), (uri, { DatasetName }) =>
    nameInProject({ datasetName: String(DatasetName), uri }),
  );
}

function rowsOf({ Bindings }: Reply): readonly Row[] {
  return Array.isArray(Bindings) ? Bindings.map((row) => record(row) ?? {}) : [{}];
}
