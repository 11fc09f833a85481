import { allows, type RamPolicy } from './ram/policy.js';

/** What RAM is to refuse, whatever the policy of a key allows. */
export interface Denial {
  /** All keys when absent. */
  readonly accessKeyId?: string | undefined;
  /** `imm:DeleteBinding`, `imm:*` or `*`. */
  readonly action: string;
}

export class Denials {
  #denials: Denial[] = [];
  readonly #policies = new Map<string, RamPolicy>();

  deny(denial: Denial): void {
    this.#denials.push(denial);
  }

  /** A key may do what this allows, and nothing else. Without one it may do all. */
  allowOnly(accessKeyId: string, policy: RamPolicy): void {
    this.#policies.set(accessKeyId, policy);
  }

  allow(): void {
    this.#denials = [];
    this.#policies.clear();
  }

  /** Whether the key has a policy that does not allow this. */
  isLeftOut(accessKeyId: string, action: string, resource: string): boolean {
    const policy = this.#policies.get(accessKeyId);
    return policy !== undefined && !allows(policy, action, resource);
  }

  isDenied(accessKeyId: string, service: string, action: string): boolean {
    const patterns = ['*', `${service}:*`, `${service}:${action}`];
    return this.#denials.some(
      (denial) =>
        patterns.includes(denial.action) &&
        (denial.accessKeyId === undefined || denial.accessKeyId === accessKeyId),
    );
  }
}
