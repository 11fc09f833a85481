import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { findOnPath } from '../../scripts/toolchain/files.js';

/** Why programs of a language cannot be run here, where they cannot. */
export function missingIn(toolchain: string, host: string, tool?: string): string | undefined {
  if (tool !== undefined && findOnPath(tool, process.env.PATH) === undefined) return `there is no ${tool}`;
  return existsSync(join(toolchain, host)) ? undefined : `the toolchain has no ${host}`;
}

/** What the tools of the languages have fetched already is not asked for again, wherever the home of a test is. */
export function caches(): NodeJS.ProcessEnv {
  const home = userInfo().homedir;
  return {
    npm_config_cache: join(home, '.npm'),
    npm_config_prefer_offline: 'true',
    npm_config_ignore_scripts: 'true',
    PIP_CACHE_DIR: join(home, '.cache/pip'),
    GOPATH: process.env.GOPATH ?? join(home, 'go'),
    GOCACHE: process.env.GOCACHE ?? join(home, '.cache/go-build'),
  };
}

/** A PATH without what npm adds, where a plugin of the checkout is to be found as well. */
export function withoutNpm(path = ''): string {
  const folders = path.split(delimiter);
  return folders.filter((folder) => !folder.endsWith(join('node_modules', '.bin'))).join(delimiter);
}
