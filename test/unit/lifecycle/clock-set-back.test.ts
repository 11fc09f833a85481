import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../../emulator/index.js';
import { type Clock, timeOf } from '../../../provider/alicloud/limits/clock.js';
import type { Request } from '../../../provider/alicloud/sending/wire.js';
import { Session } from '../../../provider/hosts/session.js';
import { WaitTimeoutError } from '../../../provider/lifecycle/failures.js';
import { Operation } from '../../../provider/lifecycle/operation.js';
import { Alarms } from '../../support/lifecycle/alarms.js';

const HOUR = 3_600_000;
const TEN_MINUTES = 600_000;
/** What the service takes of this action in a second. */
const LIMIT = 10;
const LISTING: Request = {
  service: 'mts',
  region: 'cn-shanghai',
  action: 'ListAllMediaBucket',
  params: {},
};

/** The readings of a machine whose clock somebody sets, and whose time passes only where somebody sleeps. */
class Machine implements Clock {
  #wall = Math.floor(Date.now() / 1_000) * 1_000;
  #steady = 0;
  readonly #alarms = new Alarms();
  readonly now = timeOf({ wall: () => this.#wall, steady: () => this.#steady });
  /** Milliseconds that really passed. */
  get passed(): number {
    return this.#steady;
  }

  setBack(milliseconds: number): void {
    this.#wall -= milliseconds;
  }

  alarm(time: number, ring: () => void): () => void {
    return this.#alarms.alarm(time, ring);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.#wall += milliseconds;
    this.#steady += milliseconds;
    this.#alarms.moved(this.now());
  }
}

let emulator: Emulator;
beforeAll(async () => {
  // It counts its own limits by the real time, which hardly passes here.
  emulator = await startEmulator({ limits: { mtsListingPerSecond: Number.POSITIVE_INFINITY } });
});
afterAll(() => emulator.close());

let machine: Machine;
let operation: Operation;
beforeEach(() => {
  machine = new Machine();
  const { url } = emulator;
  const config: Readonly<Record<string, string>> = {
    'alicloud:accessKey': TEST_ACCESS_KEY_ID,
    'alicloud:secretKey': TEST_ACCESS_KEY_SECRET,
    'alicloud:endpoints': JSON.stringify({ imm: url, mts: url, sts: url }),
  };
  const random = () => 0.5;
  const session = new Session(
    (key) => config[key],
    {},
    () => {},
    { clock: machine, random },
  );
  operation = new Operation({
    kind: 'create',
    subject: 'the link',
    wire: session.wire,
    clock: machine,
    random,
    timeout: TEN_MINUTES,
    adoptable: new Set(),
    say: () => {},
  });
});

describe('where the clock of the machine is set back by an hour', () => {
  it('the next request waits for its turn at the rate of its quota, and no longer', async () => {
    for (let sent = 0; sent < LIMIT; sent++) await operation.request(LISTING);
    expect(machine.passed).toBe(0);
    machine.setBack(HOUR);
    await operation.request(LISTING);
    expect(machine.passed).toBeGreaterThan(0);
    expect(machine.passed).toBeLessThanOrEqual(1_050);
  });

  it('an operation ends within its time, and not an hour later', async () => {
    let looks = 0;
    const wait = operation.until('looking', async () => {
      looks += 1;
      if (looks === 10) machine.setBack(HOUR);
      return undefined;
    });
    await expect(wait).rejects.toThrow(WaitTimeoutError);
    expect(machine.passed).toBeLessThanOrEqual(TEN_MINUTES);
    expect(machine.passed).toBeGreaterThan(TEN_MINUTES - 10_000);
  });

  it('so does one that looks for what reads do not show yet', async () => {
    const written = operation.serviceNow();
    let looks = 0;
    const found = await operation.beyondWindow(written, async () => {
      looks += 1;
      if (looks === 5) machine.setBack(HOUR);
      return undefined;
    });
    expect(found).toBeUndefined();
    expect(machine.passed).toBe(operation.consistencyWindow);
  });
});
