import type { KeyPair } from '../../../emulator/index.js';

/** A key pair that a test's own emulator knows, and that opens nothing else. */
export function keyPair(name: string, account: string): KeyPair {
  return { accessKeyId: `emulator-${name}-key-id`, accessKeySecret: `emulator-${name}-key-secret`, account };
}
