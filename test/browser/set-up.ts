import { findChromium } from '../../scripts/chromium/find.js';

/** Not in the time of a test: where the machine has no browser, one is installed and unpacked. */
export async function setup(): Promise<void> {
  await findChromium().catch(() => undefined);
}
