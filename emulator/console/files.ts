import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of the page, as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly body: Buffer;
}

/** Beside this file in the sources and in dist/ alike: the build copies the folder as it is. */
const FOLDER = join(__dirname, 'browser');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
};

/** Nothing is loaded from elsewhere, nothing is run that is not a file of it, and no text becomes markup. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

let files: ReadonlyMap<string, ConsoleFile> | undefined;

/** By what stands after /_emulator/. Only the names of the folder are looked up, so no path leads out of it. */
export function consoleFile(path: string): ConsoleFile | undefined {
  files ??= readFiles();
  if (path === 'console') return files.get('console/');
  return files.get(path);
}

/** Read once, when the page is first asked for: an emulator without a console costs nothing. */
function readFiles(): ReadonlyMap<string, ConsoleFile> {
  const found = new Map<string, ConsoleFile>();
  for (const name of readdirSync(FOLDER)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    found.set(`console/${name === 'page.html' ? '' : name}`, {
      type,
      body: readFileSync(join(FOLDER, name)),
    });
  }
  return found;
}
