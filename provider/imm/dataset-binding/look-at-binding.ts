import { ForbiddenError, NotFoundError } from '../../alicloud/answers/errors.js';
import type { Asked, Evidence } from '../../lifecycle/evidence.js';
import type { ParentMissingError } from '../../lifecycle/failures.js';
import type { Kind, Operation, Sender } from '../../lifecycle/operation.js';
import { parentMissing } from '../parent-missing.js';
import { type Binding, type BindingNames, bindingIn, bindingRequest } from './binding.js';
import { type Listing, listBindings, readsOf } from './list-bindings.js';
import { lookInProject, missedInProject } from './look-in-project.js';

/** The only text that tells a missing binding from a missing parent (api-facts.md §2.5): names in it mean nothing. */
const BINDING_NOT_FOUND = /^The specified resource (?:dataset)?binding is not found\b/i;

/** Looks at a binding: in a listing, which many share; and by itself, where its absence would decide. */
export async function lookAtBinding(
  operation: Operation,
  names: BindingNames,
  asked: Asked,
): Promise<Evidence<Binding>> {
  const inProject = await lookInProject(operation, names, asked);
  if (inProject !== undefined && inProject.is !== 'unknown') return inProject;
  const inDataset = await lookInDataset(operation, names, asked);
  if (inProject !== undefined && inDataset.is === 'present') missedInProject(operation, names);
  return inDataset;
}

async function lookInDataset(
  operation: Operation,
  names: BindingNames,
  { after, absence }: Asked,
): Promise<Evidence<Binding>> {
  const listing = await list(operation, names, after).catch(denied);
  if (listing === undefined) return evidenceOf(await getBinding(operation, names));
  const listed = listing.get(names.uri);
  if (listed !== undefined || absence === 'listed') return evidenceOf(listed);
  return evidenceOf(await getBinding(operation, names, listing));
}

/**
 * The binding as GetBinding shows it; undefined where it is gone: the service says that the binding, not what it hangs
 * on, is not found, or that its State is Deleted. One code stands for a missing project, dataset and binding
 * (api-facts.md §2.5): a listing of the dataset tells them apart, since it answers only where project and dataset exist.
 */
export async function getBinding(
  operation: Operation,
  names: BindingNames,
  listing?: Listing,
): Promise<Binding | undefined> {
  try {
    return bindingIn((await operation.request(bindingRequest('GetBinding', names))).body, names);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    if (listing !== undefined || BINDING_NOT_FOUND.test(error.text)) return undefined;
    return (await list(operation, names)).get(names.uri);
  }
}

/** The listing of the dataset, from after the moment `after`. Whoever may not list is not asked to twice. */
async function list(operation: Operation, names: BindingNames, after?: Asked['after']): Promise<Listing> {
  const reads = readsOf(operation.wire, names);
  if (reads.refused) throw reads.refused;
  const begin = (sender: Sender) => listBindings(sender, names);
  const what = `listing the bindings of ${names.projectName}/${names.datasetName}`;
  try {
    return (await reads.listing.read(names.uri, operation, what, begin, after)).value;
  } catch (error) {
    if (error instanceof ForbiddenError) reads.refused = error;
    throw error instanceof NotFoundError ? datasetMissing(operation.kind, names, error) : error;
  }
}

function denied(error: unknown): undefined {
  if (!(error instanceof ForbiddenError)) throw error;
}

function datasetMissing(
  kind: Kind,
  { projectName, datasetName, region }: BindingNames,
  error: NotFoundError,
): ParentMissingError {
  const hanging = {
    what: 'the binding',
    on: `the project ${projectName} or its dataset ${datasetName}`,
    region,
    check: 'the names',
    otherwise: 'make them first: a binding needs both',
    why: 'Neither can be deleted while the binding lives',
  } as const;
  return parentMissing(kind, hanging, error);
}

function evidenceOf(binding: Binding | undefined): Evidence<Binding> {
  return binding === undefined ? { is: 'absent' } : { is: 'present', found: binding };
}
