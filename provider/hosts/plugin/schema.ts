import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The Pulumi package schema, which is generated from the descriptions of the resources. */
export function schema(): string {
  // Beside `provider/` in the checkout, from where it is published as it is; this file runs from `dist/`.
  return readFileSync(join(__dirname, '../../../../provider/schema.json'), 'utf8');
}
