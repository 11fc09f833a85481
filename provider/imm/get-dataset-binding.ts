import type { Properties } from '../lifecycle/lifecycle.js';
import type { Operation } from '../lifecycle/operation.js';
import { type BindingLink, lookAtBinding } from './binding.js';

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
  const { region, projectName, datasetName, uri } = inputs as unknown as BindingLink;
  await operation.account();
  const binding = await lookAtBinding(operation, { region, projectName, datasetName, uri });
  if (binding === undefined) throw new Error('it does not exist.');
  return { id: `${region}/${projectName}/${datasetName}/${uri}`, ...binding };
}
