import type { Clock } from './clock.js';
import type { SeededRandom } from './random.js';
import type { KeyPair } from './test-key.js';

/** Who a key belongs to. `token` only for temporary credentials, `role` and `session` as well. */
export interface Credential {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly account: string;
  readonly token?: string;
  readonly expiresAt?: number;
  readonly role?: string;
  readonly session?: string;
}

/** The keys the emulator knows. Temporary ones live in memory only: a state file never holds a secret. */
export class Credentials {
  readonly #known = new Map<string, Credential>();
  #temporary = 0;

  constructor(
    keys: readonly KeyPair[],
    readonly clock: Clock,
    readonly random: SeededRandom,
  ) {
    for (const key of keys) this.#known.set(key.accessKeyId, key);
  }

  find(accessKeyId: string): Credential | undefined {
    return this.#known.get(accessKeyId);
  }

  issue(account: string, role: string, session: string, lifetime: number): Required<Credential> {
    this.#temporary += 1;
    const credential = {
      accessKeyId: `TESTSTS.${this.#temporary}${this.random.hex(16)}`,
      accessKeySecret: this.random.hex(40),
      token: `emulator-token-${this.random.hex(64)}`,
      expiresAt: this.clock.now() + lifetime,
      account,
      role,
      session,
    };
    this.#known.set(credential.accessKeyId, credential);
    return credential;
  }

  /** This one, if it is temporary, is expired from now on. */
  expire(accessKeyId: string): void {
    const credential = this.#known.get(accessKeyId);
    if (credential?.expiresAt === undefined) return;
    this.#known.set(accessKeyId, { ...credential, expiresAt: this.clock.now() });
  }

  /** All temporary credentials issued so far are expired from now on. */
  expireTokens(): number {
    let expired = 0;
    for (const [id, credential] of this.#known) {
      if (credential.expiresAt === undefined) continue;
      this.#known.set(id, { ...credential, expiresAt: this.clock.now() });
      expired += 1;
    }
    return expired;
  }
}
