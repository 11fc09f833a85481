import { accountChecks } from './account-checks.js';
import type { Check } from './check.js';
import { clockCheck } from './clock-check.js';
import { configurationChecks } from './configuration-checks.js';
import { copiesCheck } from './copies-check.js';
import { endpointChecks } from './endpoint-checks.js';
import { packageChecks } from './package-checks.js';
import { permissionChecks } from './permission-checks.js';
import { pluginCheck } from './plugin-check.js';
import { programChecks } from './program-checks.js';
import { regionCheck } from './region-check.js';
import { versionChecks } from './version-checks.js';

/** Every check, in the order in which a person would go through them. */
export const CHECKS: readonly Check[] = [
  ...programChecks,
  ...versionChecks,
  copiesCheck,
  ...packageChecks,
  pluginCheck,
  ...configurationChecks,
  ...accountChecks,
  regionCheck,
  ...endpointChecks,
  clockCheck,
  ...permissionChecks,
];
