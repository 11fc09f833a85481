export * as imm from './imm.js';
export * as mps from './mps.js';
export { Provider } from './provider.js';
export type { AssumeRole, AssumeRoleWithOidc, Endpoints, ProviderArgs } from './provider-args.js';
