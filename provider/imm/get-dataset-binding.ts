import type { Properties } from '../lifecycle/lifecycle.js';
import type { Operation } from '../lifecycle/operation.js';
import { type BindingLink, idOf } from './binding.js';
import { lookAtBinding } from './look-at-binding.js';

/** A binding as the service shows it now. */
export interface ShownBinding {
  readonly id: string;
  readonly state: string;
  readonly phase: string;
  readonly reason: string;
  readonly createTime: string;
}

/** The live binding of checked inputs; an error where there is none. */
export async function showBinding(inputs: Properties, operation: Operation): Promise<ShownBinding> {
  const link = inputs as unknown as BindingLink;
  await operation.account();
  const binding = await lookAtBinding(operation, link);
  if (binding === undefined) throw new Error('it does not exist.');
  return { id: idOf(link), ...binding };
}
