import { NotFoundError, UnknownCodeError } from '../alicloud/errors.js';
import type { Operation } from '../lifecycle/operation.js';
import { type Binding, type BindingLink, bindingIn, bindingRequest } from './binding.js';
import { lookAtBinding, wroteBinding } from './look-at-binding.js';

/** Sends the create once; `tries` is its number. */
export async function createBinding(
  operation: Operation,
  link: BindingLink,
  tries: number,
): Promise<Binding> {
  const request = bindingRequest('CreateBinding', link);
  const made = bindingIn(await writing(operation, link, () => operation.once(request, tries)), link);
  // The reply of a create that is still Deleted shows the binding that was there before.
  return made ?? operation.until('looking for what was just made', () => lookAtBinding(operation, link));
}

/** A listing begun before the end of a write may or may not show it. */
async function writing<T>(operation: Operation, link: BindingLink, work: () => Promise<T>): Promise<T> {
  wroteBinding(operation, link);
  try {
    return await work();
  } finally {
    wroteBinding(operation, link);
  }
}

/** The RequestId of the delete; undefined where there was nothing to delete. */
export async function deleteBinding(operation: Operation, link: BindingLink): Promise<string | undefined> {
  try {
    const request = bindingRequest('DeleteBinding', link);
    return (await writing(operation, link, () => operation.request(request))).requestId;
  } catch (error) {
    // The look that follows tells the binding's absence from its project's.
    if (error instanceof NotFoundError) return undefined;
    if (error instanceof UnknownCodeError && (await lookAtBinding(operation, link)) === undefined)
      return undefined;
    throw error;
  }
}
