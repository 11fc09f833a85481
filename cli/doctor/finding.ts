export const STATUSES = ['ok', 'warning', 'problem', 'skip'] as const;

export type Status = (typeof STATUSES)[number];

/** What a check found: what is so, and what to do about it. */
export interface Finding {
  readonly status: Status;
  readonly says: string;
  readonly advice: readonly string[];
}

const finding =
  (status: Status) =>
  (says: string, ...advice: readonly string[]): Finding => ({
    status,
    says,
    advice: advice.filter((line) => line !== ''),
  });

export const ok = finding('ok');
export const warning = finding('warning');
export const problem = finding('problem');
/** Nobody looked; it says why. */
export const skip = finding('skip');

/** Something that a check needs, or what is to be said where it is not there. */
export type Found<T> = { readonly found: T } | { readonly missing: Finding };
