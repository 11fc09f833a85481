import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { version } from '../../provider/alicloud/sending/package-version.js';
import type { Check } from './check.js';
import { ok, problem, skip } from './finding.js';
import type { Program } from './program.js';
import { pulumiHome } from './pulumi-home.js';

const NAME = 'pulumi-resource-alicloud-media';
const FILES = process.platform === 'win32' ? [`${NAME}.exe`, `${NAME}.cmd`] : [NAME];

export const pluginCheck: Check = {
  name: 'plugin',
  description: 'Does the engine find the provider plugin, and where?',
  run({ program, environment }) {
    if ('missing' in program) return skip('there is no program');
    const { folder, usesPlugin, pluginPaths } = program.found;
    // What Pulumi.yaml names is taken or is an error; nothing else is looked for.
    const [named] = pluginPaths;
    if (named !== undefined) {
      const shown = relative(folder, named.folder) || '.';
      if (isPlugin(named.folder)) return ok(`${shown}, as ${named.by} of Pulumi.yaml says`);
      return problem(
        `${named.by} of Pulumi.yaml names ${shown}, and there is no ${NAME} in it that can be run`,
        'Correct the path, which is relative to Pulumi.yaml, or take it out and install the plugin into the cache: docs/guides/plugin.md.',
      );
    }
    const found = [onPath(environment), ...inCache(environment)].flat();
    if (found.length > 0) return ok(found.join('; else '));
    return missing(usesPlugin, program.found);
  },
};

function missing(usesPlugin: boolean, { runtime }: Program) {
  const says = 'not found: needed only for YAML and the -plugin SDK';
  if (!usesPlugin) return skip(says);
  return problem(
    `not found, and a program of runtime ${runtime} with the plugin needs it`,
    `pulumi plugin install resource alicloud-media ${version()}, as docs/guides/plugin.md says.`,
  );
}

/** The engine prefers what is on PATH to its cache, unless it is told to leave PATH alone. */
function onPath(environment: NodeJS.ProcessEnv): readonly string[] {
  if (/^(true|1)$/i.test(environment.PULUMI_IGNORE_AMBIENT_PLUGINS ?? '')) return [];
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some(isPlugin) ? [`${NAME} on PATH`] : [];
}

function inCache(environment: NodeJS.ProcessEnv): readonly string[] {
  const cache = join(pulumiHome(environment), 'plugins');
  if (!existsSync(cache)) return [];
  return readdirSync(cache).flatMap((name) => {
    const [, version] = /^resource-alicloud-media-v(.+)$/.exec(name) ?? [];
    // A lock or a download that was cut off is no plugin.
    const isWhole = version !== undefined && !/\.(lock|partial)$/.test(name) && isPlugin(join(cache, name));
    return isWhole ? [`${version} in the plugin cache`] : [];
  });
}

function isPlugin(folder: string): boolean {
  return FILES.some((name) => isExecutable(join(folder, name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
