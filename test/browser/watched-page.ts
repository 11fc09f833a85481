import type { Page } from 'playwright-core';

/** A page with all that it asks for and complains about. */
export class WatchedPage {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('request', (request) => this.requests.push(request.url()));
    // What breaks the policy of the page is an error here, too.
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      this.complaints.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
  }

  /** What went to another place than this one. */
  requestsBeside(origin: string): string[] {
    return this.requests.filter((url) => new URL(url).origin !== origin && !url.startsWith('data:'));
  }
}
