import { NotFoundError, UnknownCodeError } from '../alicloud/errors.js';
import type { Answer, Request } from '../alicloud/wire.js';
import { ParentMissingError } from '../lifecycle/failures.js';
import type { Operation } from '../lifecycle/operation.js';

/** What names a binding: the service gives it no id of its own (api-facts.md §2.2). */
export interface BindingLink {
  readonly region: string;
  readonly projectName: string;
  readonly datasetName: string;
  readonly uri: string;
}

/** A binding as the service shows it. */
export interface Binding {
  readonly state: string;
  readonly phase: string;
  readonly reason: string;
  /** RFC 3339 with nine digits of a second. */
  readonly createTime: string;
}

export function idOf({ region, projectName, datasetName, uri }: BindingLink): string {
  return `${region}/${projectName}/${datasetName}/${uri}`;
}

function bindingRequest(action: string, link: BindingLink): Request {
  const { region, projectName, datasetName, uri } = link;
  return {
    service: 'imm',
    region,
    action,
    params: { ProjectName: projectName, DatasetName: datasetName, URI: uri },
  };
}

/** The binding in an answer to CreateBinding or GetBinding; undefined for one in State Deleted. */
function bindingIn({ body, requestId }: Answer, { uri }: BindingLink): Binding | undefined {
  const found = record(body.Binding);
  if (found === undefined || typeof found.State !== 'string' || found.URI !== uri) {
    throw new Error(`IMM answered without the binding of ${uri} (RequestId ${requestId}).`);
  }
  return found.State === 'Deleted' ? undefined : asBinding(found);
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
    return lookInListing(operation, link, error);
  }
}

export async function createBinding(operation: Operation, link: BindingLink): Promise<Binding> {
  const made = bindingIn(await operation.once(bindingRequest('CreateBinding', link)), link);
  // The reply of a create that is still Deleted shows the binding that was there before.
  return (
    made ??
    operation.until(`looking for ${idOf(link)}, which was just made`, () => lookAtBinding(operation, link))
  );
}

/** The RequestId of the delete; undefined where there was nothing to delete. */
export async function deleteBinding(operation: Operation, link: BindingLink): Promise<string | undefined> {
  try {
    return (await operation.request(bindingRequest('DeleteBinding', link))).requestId;
  } catch (error) {
    // The look that follows tells the binding's absence from its project's.
    if (error instanceof NotFoundError) return undefined;
    if (error instanceof UnknownCodeError && (await lookAtBinding(operation, link)) === undefined)
      return undefined;
    throw error;
  }
}

/** A listing of the dataset answers only where project and dataset exist, so absence from it is the binding's own. */
async function lookInListing(
  operation: Operation,
  link: BindingLink,
  why: NotFoundError,
): Promise<Binding | undefined> {
  const { region, projectName, datasetName, uri } = link;
  const seen = new Set<string>();
  for (let token = ''; ; ) {
    const params = {
      ProjectName: projectName,
      DatasetName: datasetName,
      MaxResults: 200,
      ...(token && { NextToken: token }),
    };
    let answer: Answer;
    try {
      answer = await operation.request({ service: 'imm', region, action: 'ListBindings', params });
    } catch (error) {
      if (error instanceof NotFoundError) throw parentMissing(link, error);
      throw error;
    }
    const { Bindings: rows, NextToken: next } = answer.body;
    // A reply without the list proves nothing.
    if (!Array.isArray(rows)) throw why;
    const row = rows.map(record).find((binding) => binding?.URI === uri && binding.State !== 'Deleted');
    if (row !== undefined) return asBinding(row);
    if (typeof next !== 'string' || next === '') return undefined;
    if (seen.has(next)) throw why;
    seen.add(next);
    token = next;
  }
}

function parentMissing(
  { projectName, datasetName, region }: BindingLink,
  error: NotFoundError,
): ParentMissingError {
  return new ParentMissingError(
    `the project ${projectName} or its dataset ${datasetName} is not found in ${region}: ${error.message}. Neither can ` +
      'be deleted while the binding lives, so this is no proof that the binding is gone. Check the names, the region, ' +
      'the endpoint and the account; if the project really was deleted, remove the resource with `pulumi state delete`.',
  );
}

function asBinding(row: Record<string, unknown>): Binding {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    state: text(row.State),
    phase: text(row.Phase),
    // `Detail` is where older replies put it (api-facts.md §2.2).
    reason: text(row.Reason) || text(row.Detail),
    createTime: text(row.CreateTime),
  };
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
