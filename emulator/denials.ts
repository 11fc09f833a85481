/** RAM as far as a client can tell: what is not allowed. No policy language. */
export interface Denial {
  /** All keys when absent. */
  readonly accessKeyId?: string | undefined;
  /** `imm:DeleteBinding`, `imm:*` or `*`. */
  readonly action: string;
}

export class Denials {
  #denials: Denial[] = [];

  deny(denial: Denial): void {
    this.#denials.push(denial);
  }

  allow(): void {
    this.#denials = [];
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
