import { createRequire } from 'node:module';

const EXCLUDED = '-httpx:*';

/**
 * The HTTP client below the library of Alibaba Cloud prints headers, signed bodies and replies under
 * DEBUG=httpx:* and so under DEBUG=*. To be called before the library is loaded: `debug` reads the variable then.
 */
export function quietHttpx(library: string): void {
  const { DEBUG } = process.env;
  if (DEBUG !== undefined && DEBUG !== '' && !DEBUG.includes(EXCLUDED))
    process.env.DEBUG = `${DEBUG},${EXCLUDED}`;
  const fromLibrary = createRequire(createRequire(__filename).resolve(library));
  const fromHttpx = createRequire(fromLibrary.resolve('httpx'));
  const debug = fromHttpx('debug') as { enabled(name: string): boolean; enable(names: string): void };
  // A program that loaded the same copy of `debug` earlier has switched it on already.
  if (debug.enabled('httpx:body')) debug.enable(`${process.env.DEBUG ?? '*'},${EXCLUDED}`);
}
