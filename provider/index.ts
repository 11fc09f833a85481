export * as imm from './imm/index.js';
export * as mps from './mps/index.js';
export { type AssumeRole, type AssumeRoleWithOidc, Provider, type ProviderArgs } from './program/provider.js';
