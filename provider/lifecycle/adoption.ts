import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../alicloud/answers/errors.js';

const VARIABLE = 'ALICLOUD_MEDIA_ADOPT';

/**
 * The ids that one run may take over, from `ALICLOUD_MEDIA_ADOPT=<id>[,<id>...]` or `@file` (one a line). There
 * is no way to say "all": a run that takes over whatever it meets would take over what others own.
 */
export function adoptable(
  environment: NodeJS.ProcessEnv,
  isId: (text: string) => boolean,
): ReadonlySet<string> {
  const given = environment[VARIABLE]?.trim();
  if (!given) return new Set();
  const ids = (given.startsWith('@') ? readIds(given.slice(1)) : given)
    .split(/[\n,]/)
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const wrong = ids.filter((id) => !isId(id));
  if (wrong.length > 0) {
    throw new ConfigurationError(
      wrong.map(
        (id) =>
          `${VARIABLE}: ${JSON.stringify(id)} is no id of a resource. Name each by its id, ` +
          'such as cn-shanghai/my-project/my-dataset/oss://my-bucket or cn-shanghai/my-bucket.',
      ),
    );
  }
  return new Set(ids);
}

function readIds(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`${VARIABLE}: the file ${JSON.stringify(file)} cannot be read (${code}).`]);
  }
}
