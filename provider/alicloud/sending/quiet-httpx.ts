import { debugOfHttpx } from './pop-library.js';

const EXCLUDED = '-httpx:*';

/**
 * The HTTP client below the library of Alibaba Cloud prints headers, signed bodies and replies under
 * DEBUG=httpx:* and so under DEBUG=*. To be called before the library is loaded: `debug` reads the variable then.
 */
export function quietHttpx(): void {
  const { DEBUG } = process.env;
  if (DEBUG !== undefined && DEBUG !== '' && !DEBUG.includes(EXCLUDED))
    process.env.DEBUG = `${DEBUG},${EXCLUDED}`;
  const debug = debugOfHttpx();
  // A program that loaded the same copy of `debug` earlier has switched it on already.
  if (debug.enabled('httpx:body')) debug.enable(`${process.env.DEBUG ?? '*'},${EXCLUDED}`);
}
