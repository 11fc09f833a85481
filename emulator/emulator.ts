import type { AddressInfo } from 'node:net';
import { Calls } from './calls/calls.js';
import { Parks } from './calls/parks.js';
import { systemClock } from './clock.js';
import { controlHandler } from './control/control.js';
import { Credentials } from './credentials.js';
import { Denials } from './denials.js';
import { Direct } from './direct.js';
import { createEmulator, type Emulator } from './emulator-object.js';
import { FaultRules } from './faults/rules.js';
import { Journal } from './journal.js';
import { DEFAULT_LIMITS, overrideLimits } from './limits.js';
import { DEFAULT_REGION, DEFAULT_RUNNING_AFTER, type EmulatorOptions } from './options.js';
import { RequestRate } from './pipeline/request-rate.js';
import { SeededRandom } from './random.js';
import { ADDRESS, listen } from './server.js';
import { NonceBook } from './signature/nonces.js';
import { HeldReads } from './state/held-reads.js';
import { StateFile } from './state/state-file.js';
import { Store } from './state/store.js';
import { StatisticsKeeper } from './statistics.js';
import { defaultSwitches, setSwitches } from './switches.js';
import { defaultKeys, TEST_ACCOUNT_ID } from './test-key.js';
import type { World } from './world.js';

/** Starts an emulator on 127.0.0.1. It fails when the port is in use or the state file is not one of its own. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const keys = options.keys ?? defaultKeys(process.env);
  const world = createWorld(options, keys);
  const direct = new Direct(world, keys[0]?.account ?? TEST_ACCOUNT_ID);
  let emulator: Emulator | undefined;
  try {
    const server = await listen(options.port ?? 0, world, (message, response) => {
      if (!emulator) throw new Error('the emulator is starting');
      return controlHandler(emulator)(message, response);
    });
    const { port } = server.address() as AddressInfo;
    emulator = createEmulator({ world, direct, keys, server, url: `http://${ADDRESS}:${port}` });
    return emulator;
  } catch (error) {
    world.store.close();
    throw error;
  }
}

function createWorld(options: EmulatorOptions, keys: EmulatorOptions['keys'] & object): World {
  const clock = options.clock ?? systemClock;
  const random = new SeededRandom(options.seed ?? Math.floor(Math.random() * 2 ** 32));
  const switches = defaultSwitches();
  setSwitches(switches, options.switches ?? {});
  const limits = { ...DEFAULT_LIMITS };
  if (options.limits !== undefined) overrideLimits(limits, options.limits);
  const timing = {
    runningAfter: options.runningAfter ?? DEFAULT_RUNNING_AFTER,
    tokenLifetime: options.tokenLifetime,
    latency: options.latency ?? 0,
  };
  const calls = new Calls();
  const faults = new FaultRules();
  for (const fault of options.faults ?? []) faults.add(fault);
  return {
    store: new Store(options.stateFile === undefined ? undefined : new StateFile(options.stateFile)),
    clock,
    random,
    switches,
    limits,
    timing,
    credentials: new Credentials(keys, clock, random),
    nonces: new NonceBook(clock),
    rate: new RequestRate(),
    denials: new Denials(),
    faults,
    calls,
    parks: new Parks(calls),
    statistics: new StatisticsKeeper(),
    heldBindings: new HeldReads(),
    heldMediaBuckets: new HeldReads(),
    heldObjects: new HeldReads(),
    journal: new Journal(),
    region: options.region ?? DEFAULT_REGION,
  };
}
