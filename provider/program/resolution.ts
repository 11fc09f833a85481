import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';

/** Where the engine starts the dynamic-provider process: where it started the program, before that goes elsewhere. */
const FOLDER = process.cwd();

/** What `pulumi` runs a program with. Under the Automation API the engine works in a folder that the program is not told. */
const RUNNER = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]index\.js$/;

const NOT_FOUND: readonly unknown[] = ['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'];

const found = new Set<string>();

/**
 * Why Pulumi's dynamic-provider process will not find the entry that serves a class, or undefined: it looks from its
 * own folder, wherever the class was found. A library that depends on the package, or a bundle that holds it, is not enough.
 */
export function resolutionProblem(entry: string): string | undefined {
  // Yarn's Plug'n'Play answers by who asks, which here would be somebody else.
  if (found.has(entry) || process.versions.pnp !== undefined || !isRunByCli()) return undefined;
  // A program may have left its folder before it loads this; what it was started in is the project or below it.
  if (isMissing(entry, FOLDER) && isMissing(entry, pulumi.getRootDirectory())) {
    return (
      `Pulumi's dynamic-provider process, which serves it, cannot find ${entry} from ${FOLDER}. Add pulumi-alicloud-media ` +
      `to the dependencies of ${manifest()}, in the version that the program uses, and install it.`
    );
  }
  found.add(entry);
  return undefined;
}

/** Only where Node says that it is not there: what else goes wrong need not go wrong in another process. */
function isMissing(entry: string, folder: string): boolean {
  // Older language hosts, such as 3.66, do not tell the folder of the project.
  if (!isAbsolute(folder)) return true;
  try {
    createRequire(join(folder, 'package.json')).resolve(entry);
    return false;
  } catch (error) {
    return NOT_FOUND.includes((error as NodeJS.ErrnoException).code);
  }
}

function isRunByCli(): boolean {
  return RUNNER.test(require.main?.filename ?? '');
}

/** The package.json that the folder belongs to. */
function manifest(): string {
  for (let folder = FOLDER; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return join(FOLDER, 'package.json');
  }
}
