// Generated from provider/imm/project/project.ts by `npm run generate`. Do not edit.
import { project } from '../../imm/project/project.js';
import { mount } from './mount.js';

// Every state that holds such a resource names this module, so its place and its names stay for ever.
const provider = mount(project);
export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;

export { remove as delete };
