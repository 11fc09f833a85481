import type { Chromium } from '../../scripts/chromium/bundled.js';
import { findChromium } from '../../scripts/chromium/find.js';
import { type OpenBrowser, openBrowser } from '../../scripts/chromium/open.js';

/** The browser of a file of tests, or why there is none. */
export type Opened = { readonly browser: OpenBrowser } | { readonly why: string };

/** One that is there and does not start is a failure; none at all is a reason to skip. */
export async function openedBrowser(): Promise<Opened> {
  let chromium: Chromium;
  try {
    chromium = await findChromium();
  } catch (error) {
    return { why: `no Chromium: ${error instanceof Error ? error.message : String(error)}` };
  }
  return { browser: await openBrowser(chromium) };
}
