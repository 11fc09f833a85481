import type { Answer } from '../../alicloud/sending/wire.js';
import type { Operation } from '../../lifecycle/operation.js';
import type { Sending } from '../../lifecycle/sending.js';
import { type Binding, type BindingNames, bindingIn, bindingRequest } from './binding.js';
import { readsOf } from './list-bindings.js';
import { nameInProject, projectReadsOf } from './look-in-project.js';

/** Sends the create once. Undefined where the reply shows the one that was deleted before. */
export async function createBinding(
  operation: Operation,
  names: BindingNames,
  sending: Sending,
): Promise<Binding | undefined> {
  return bindingIn((await write('CreateBinding', operation, names, sending)).body, names);
}

export function deleteBinding(operation: Operation, names: BindingNames, sending: Sending): Promise<Answer> {
  return write('DeleteBinding', operation, names, sending);
}

/** A listing begun before the end of a write may or may not show it. */
async function write(
  action: 'CreateBinding' | 'DeleteBinding',
  operation: Operation,
  names: BindingNames,
  sending: Sending,
): Promise<Answer> {
  const wrote = () => {
    readsOf(operation.wire, names).listing.wrote(names.uri);
    projectReadsOf(operation.wire, names).listing.wrote(nameInProject(names));
  };
  wrote();
  try {
    return await operation.send(bindingRequest(action, names), sending);
  } finally {
    wrote();
  }
}
