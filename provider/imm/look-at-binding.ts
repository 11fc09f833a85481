import { DeniedError, NotFoundError } from '../alicloud/errors.js';
import type { Answer } from '../alicloud/wire.js';
import { ParentMissingError } from '../lifecycle/failures.js';
import type { Operation } from '../lifecycle/operation.js';
import { PerWire, SharedReading } from '../lifecycle/shared-reading.js';
import { asBinding, type Binding, type BindingLink, bindingIn, bindingRequest, record } from './binding.js';

/** The reads of one dataset's bindings that are under way, and the listing that several of them ride. */
interface DatasetReads {
  readonly listing: SharedReading<ReadonlyMap<string, Binding>>;
  asking: number;
  /** The caller may not list, and need not be able to; nobody asks again. */
  refused: DeniedError | undefined;
}

const READS = new PerWire<DatasetReads>(() => ({
  listing: new SharedReading(),
  asking: 0,
  refused: undefined,
}));

const readsOf = (operation: Operation, { region, projectName, datasetName }: BindingLink): DatasetReads =>
  READS.for(operation.wire, `${region}/${projectName}/${datasetName}`);

/** To be called before and after a request of ours that changes the binding. */
export function wroteBinding(operation: Operation, link: BindingLink): void {
  readsOf(operation, link).listing.wrote(link.uri, operation.now());
}

/**
 * The binding as it is, or was a moment ago before any write of ours. Where another read of the dataset is under way,
 * one listing serves both; what a listing does not show is asked for by itself.
 */
export async function readBinding(operation: Operation, link: BindingLink): Promise<Binding | undefined> {
  const reads = readsOf(operation, link);
  const now = () => operation.now();
  if (!reads.refused && (reads.asking > 0 || reads.listing.serves(link.uri, now()))) {
    try {
      const { value } = await reads.listing.read(link.uri, now, () => listForAll(operation, link, reads));
      const shown = value.get(link.uri);
      if (shown !== undefined) return shown;
    } catch {
      // Each asks for its own, then.
    }
  }
  reads.asking++;
  try {
    return await lookAtBinding(operation, link);
  } finally {
    reads.asking--;
  }
}

/** The listing that several reads ride. All that wait for one that is denied would ask for it again, one by one. */
async function listForAll(
  operation: Operation,
  link: BindingLink,
  reads: DatasetReads,
): Promise<ReadonlyMap<string, Binding>> {
  if (reads.refused) throw reads.refused;
  try {
    return await listBindings(operation, link);
  } catch (error) {
    if (error instanceof DeniedError) reads.refused = error;
    throw error;
  }
}

/**
 * The binding as it is now; undefined where it is gone: the service says that the binding, not what it hangs on,
 * is not found, or that its State is Deleted.
 */
export async function lookAtBinding(operation: Operation, link: BindingLink): Promise<Binding | undefined> {
  try {
    return bindingIn(await operation.request(bindingRequest('GetBinding', link)), link);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    // One code for a missing project, dataset and binding (api-facts.md §2.5): only the text tells, if it does.
    if (/\bbinding\b/i.test(error.text)) return undefined;
    // A listing of the dataset answers only where project and dataset exist: absence from it is the binding's own.
    return (await listBindings(operation, link)).get(link.uri);
  }
}

/** The bindings of the dataset, by URI, without those in State Deleted. */
async function listBindings(operation: Operation, link: BindingLink): Promise<ReadonlyMap<string, Binding>> {
  const { region, projectName, datasetName } = link;
  const bindings = new Map<string, Binding>();
  const tokens = new Set<string>();
  for (let token = ''; ; ) {
    const names = { ProjectName: projectName, DatasetName: datasetName };
    const params = { ...names, MaxResults: 200, ...(token && { NextToken: token }) };
    const answer = await operation
      .request({ service: 'imm', region, action: 'ListBindings', params })
      .catch((error: unknown): Answer => {
        throw error instanceof NotFoundError ? parentMissing(operation, link, error) : error;
      });
    const { Bindings: rows, NextToken: next } = answer.body;
    if (!Array.isArray(rows))
      throw new Error(`IMM ListBindings answered without a list (RequestId ${answer.requestId}).`);
    for (const row of rows.map(record)) {
      if (typeof row?.URI === 'string' && row.State !== 'Deleted') bindings.set(row.URI, asBinding(row));
    }
    if (typeof next !== 'string' || next === '') return bindings;
    if (tokens.has(next))
      throw new Error(`IMM ListBindings gave the same page twice (RequestId ${answer.requestId}).`);
    tokens.add(next);
    token = next;
  }
}

function parentMissing(
  { kind }: Operation,
  { projectName, datasetName, region }: BindingLink,
  error: NotFoundError,
): ParentMissingError {
  const found = `the project ${projectName} or its dataset ${datasetName} is not found in ${region}: ${error.message}.`;
  const check = 'Check the names, the region, the endpoint and the account';
  return new ParentMissingError(
    kind === 'create'
      ? `${found} ${check}, or make them first: a binding needs both.`
      : `${found} Neither can be deleted while the binding lives, so this is no proof that the binding is gone. ${check}; ` +
          'if the project really was deleted, remove the resource with `pulumi state delete`.',
  );
}
