// Generated from provider/imm/dataset/dataset.ts by `npm run generate`. Do not edit.
import { dataset } from '../../imm/dataset/dataset.js';
import { mount } from './mount.js';

// Every state that holds such a resource names this module, so its place and its names stay for ever.
const provider = mount(dataset);
export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;

export { remove as delete };
