export * as imm from './imm/index.js';
export * as mps from './mps/index.js';
export { Provider } from './program/provider.js';
export type { AssumeRole, AssumeRoleWithOidc, ProviderArgs } from './program/provider-args.js';
