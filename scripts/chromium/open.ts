import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import type { Chromium } from './bundled.js';
import { CHROMIUM_ARGS } from './find.js';

/** Starts it without a window; what it writes goes with it. */
export async function openBrowser(found: Chromium): Promise<OpenBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'pulumi-alicloud-media-browser-'));
  try {
    const browser = await chromium.launch({
      executablePath: found.path,
      args: [...CHROMIUM_ARGS],
      env: { ...process.env, ...found.env, HOME: folder },
      timeout: 30_000,
    });
    return new OpenBrowser(browser, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export class OpenBrowser {
  constructor(
    readonly browser: Browser,
    readonly folder: string,
  ) {}

  /** As a browser that was never used before. */
  context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.browser.newContext(options);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
