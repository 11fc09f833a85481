import type { ForbiddenError } from '../../alicloud/answers/errors.js';
import type { Sender } from '../../lifecycle/operation.js';
import { PerWire, SharedReading } from '../../lifecycle/shared-reading.js';
import type { Row } from '../../lifecycle/values.js';
import { pages } from '../pages.js';
import { asBinding, type Binding, type BindingNames, sameUri } from './binding.js';

/** Bindings by what names them where they are listed, without those in State Deleted. */
export type Listing = ReadonlyMap<string, Binding>;

/** The listing of a dataset's bindings, which every look at one of them rides: it costs what a look at one would. */
interface DatasetReads {
  readonly listing: SharedReading<Listing>;
  /** The caller may not list, and need not be able to; nobody asks again. */
  refused: ForbiddenError | undefined;
}

/** Whose a binding is must be known as it is now, and its listing costs little. */
export const GOOD_FOR = 1_000;
/** A delete takes longer than this to take effect, and the engine ends and begins eight of them a few milliseconds apart. */
const GATHER = 100;

const READS = new PerWire<DatasetReads>(() => ({
  listing: new SharedReading(GOOD_FOR, GATHER),
  refused: undefined,
}));

export function readsOf(wire: object, { region, projectName, datasetName }: BindingNames): DatasetReads {
  return READS.for(wire, `${region}/${projectName}/${datasetName}`);
}

/** The bindings of the dataset of these names by URI, page by page. */
export async function listBindings(
  sender: Pick<Sender, 'request'>,
  names: Omit<BindingNames, 'uri'>,
): Promise<Listing> {
  const { region, projectName, datasetName } = names;
  const params = { ProjectName: projectName, DatasetName: datasetName, MaxResults: 200 };
  const rows = await pages(sender, { region, action: 'ListBindings', field: 'Bindings', params });
  return listingOf(rows, (uri) => uri);
}

export function listingOf(rows: readonly Row[], nameOf: (uri: string, row: Row) => string): Listing {
  return new Map(
    rows.flatMap((row) => {
      const uri = sameUri(row.URI);
      return uri === undefined || row.State === 'Deleted'
        ? []
        : [[nameOf(uri, row), asBinding(row)] as const];
    }),
  );
}
