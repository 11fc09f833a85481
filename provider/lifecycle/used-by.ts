import type { StepAction } from './description.js';

/** When an action is needed, as a person reads it: `delete, to count what is in the way`. */
export function usedBy({ steps, where, onlyWith }: Pick<StepAction, 'steps' | 'where' | 'onlyWith'>): string {
  const when = where ?? (onlyWith && `with \`${onlyWith}\``);
  return [...steps, ...(when === undefined ? [] : [when])].join(', ');
}
