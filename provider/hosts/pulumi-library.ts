import { createRequire } from 'node:module';

/**
 * Loads what `@pulumi/pulumi` ships or depends on: the engine's protocol and its transport. Always the same copies as
 * Pulumi's own, whatever the package manager's layout; messages of another copy would not be taken.
 */
export const load = createRequire(createRequire(__filename).resolve('@pulumi/pulumi'));
