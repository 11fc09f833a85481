import { ApiError } from '../api-error.js';
import { emptyRegion, emptyState, type RegionState, type State } from './records.js';
import type { StateFile } from './state-file.js';

/** The one holder of the state. A change counts only once it is in the state file, if there is one. */
export class Store {
  #state: State;
  #saved: string;
  #isClosed = false;
  readonly #file: StateFile | undefined;

  constructor(file?: StateFile) {
    this.#file = file;
    this.#state = file?.loaded ?? emptyState();
    this.#saved = JSON.stringify(this.#state);
  }

  get state(): State {
    return this.#state;
  }

  /** For reading: a region nobody wrote to is empty, and reading it writes nothing. */
  region(account: string, region: string): RegionState {
    const regions = own(this.#state.accounts, account);
    return (regions && own(regions, region)) ?? emptyRegion();
  }

  changeRegion<T>(account: string, region: string, change: (region: RegionState, state: State) => T): T {
    return this.change((state) => {
      const regions = own(state.accounts, account) ?? {};
      const found = own(regions, region) ?? emptyRegion();
      put(state.accounts, account, regions);
      put(regions, region, found);
      return change(found, state);
    });
  }

  /**
   * The change is on disk when this returns. Else nothing has happened and the caller gets an error:
   * nothing acknowledged is lost, nothing unacknowledged is kept.
   */
  change<T>(change: (state: State) => T): T {
    // A request that was held or delayed must not write to a file that another emulator may have by now.
    if (this.#isClosed) throw new Error('the emulator is closed');
    if (!this.#file) return change(this.#state);
    try {
      const result = change(this.#state);
      const text = JSON.stringify(this.#state);
      writeOrFail(this.#file, text);
      this.#saved = text;
      return result;
    } catch (error) {
      this.#state = JSON.parse(this.#saved);
      throw error;
    }
  }

  reset(): void {
    this.change((state) => Object.assign(state, emptyState()));
  }

  /** Whether there is a disk to be full. */
  setDiskFull(isFull: boolean): void {
    if (!this.#file) throw new Error('there is no state file, so no disk can be full');
    this.#file.isDiskFull = isFull;
  }

  close(): void {
    this.#isClosed = true;
    this.#file?.close();
  }
}

function writeOrFail(file: StateFile, text: string): void {
  try {
    file.write(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError(500, 'InternalError', `The state file cannot be written: ${why}`);
  }
}

// Account and region come from requests: "__proto__" must be a name like any other.
function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function put<T>(record: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}
