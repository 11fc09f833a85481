import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.js';
import { YamlStack } from './yaml-stack.js';

interface Beginning {
  readonly options?: EmulatorOptions;
  /** What is there before the stack is made. */
  given?(emulator: Emulator): void;
}

/** A stack in YAML on an emulator of its own, and the hooks of the test file that asks for it. */
export class YamlSite {
  emulator!: Emulator;
  yaml!: YamlStack;

  /** One for all tests of the file. */
  static forAll(beginning: Beginning = {}): YamlSite {
    const site = new YamlSite();
    beforeAll(() => site.#begin(beginning));
    afterAll(() => site.#end());
    return site;
  }

  /** A new one for each test. */
  static forEach(beginning: Beginning = {}): YamlSite {
    const site = new YamlSite();
    beforeEach(() => site.#begin(beginning));
    afterEach(() => site.#end());
    return site;
  }

  async #begin({ options = {}, given }: Beginning): Promise<void> {
    this.emulator = await startEmulator(options);
    given?.(this.emulator);
    this.yaml = await YamlStack.make({ emulator: this.emulator });
  }

  async #end(): Promise<void> {
    this.yaml?.stack.remove();
    await this.emulator.close();
  }
}
