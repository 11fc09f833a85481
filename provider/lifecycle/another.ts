import type { Properties } from './lifecycle.js';

/** Says that what is there is not the one that the state means: `there` is what is known of it. */
export function another({ createTime }: Properties, there: string): string {
  const own = createTime === undefined ? 'could not be made' : `was created ${createTime}`;
  return `The one of this stack ${own}; ${there} by somebody else.`;
}
