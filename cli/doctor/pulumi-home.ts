import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Pulumi keeps the selected stacks and its plugin cache. */
export function pulumiHome({ PULUMI_HOME: given }: NodeJS.ProcessEnv): string {
  return given || join(homedir(), '.pulumi');
}
