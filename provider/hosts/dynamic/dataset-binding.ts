// Generated from provider/imm/dataset-binding/dataset-binding.ts by `npm run generate`. Do not edit.
import { datasetBinding } from '../../imm/dataset-binding/dataset-binding.js';
import { mount } from './mount.js';

// Every state that holds such a resource names this module, so its place and its names stay for ever.
const provider = mount(datasetBinding);
export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;

export { remove as delete };
