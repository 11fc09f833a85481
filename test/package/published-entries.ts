import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The text that the states of each dynamic resource hold as `__provider`, by its title, as they were published. The file is
 * only ever added to: a state that holds a text can be destroyed for as long as the text resolves.
 */
export const PUBLISHED_ENTRIES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(__dirname, 'published-entries.json'), 'utf8'),
);
