// Generated from provider/imm/bucket-attachment/bucket-attachment.ts by `npm run generate`. Do not edit.
import { bucketAttachment } from '../../imm/bucket-attachment/bucket-attachment.js';
import { mount } from './mount.js';

// Every state that holds such a resource names this module, so its place and its names stay for ever.
const provider = mount(bucketAttachment);
export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;

export { remove as delete };
