import { expect } from 'vitest';
import { type Emulator, type FaultKind, startEmulator } from '../../emulator/index.js';
import { YamlStack } from '../plugin/yaml-stack.js';
import { type Host, Stack } from '../support/cli/stack.js';
import {
  binding,
  canStrike,
  DELAYS,
  ENDING,
  FOREIGN,
  LINKS,
  PATIENCE,
  type StruckLink,
} from './struck-links.js';

/** A stack on the real CLI, and links of somebody else beside it. */
export class StruckStack {
  private constructor(
    readonly emulator: Emulator,
    readonly stack: Stack,
    /** Writes the program. */
    readonly declare: (links: readonly StruckLink[]) => void,
  ) {}

  /** On the plugin the program is in YAML: it takes less time than one in Node. */
  static async make(host: Host): Promise<StruckStack> {
    const emulator = await startEmulator({ runningAfter: 50 });
    emulator.createProject('media');
    emulator.createDataset('media', 'foreign');
    emulator.createBinding('cn-shanghai/media/foreign/oss://foreign');
    emulator.bindOutputBucket('foreign');
    for (const { id } of [...LINKS, ...ENDING.map((kind) => binding(kind))]) {
      const dataset = /^cn-shanghai\/media\/(.+)\/oss:/.exec(id)?.[1];
      if (dataset !== undefined) emulator.createDataset('media', dataset);
    }
    const namespace = host === 'plugin' ? 'alicloud-media' : 'alicloud';
    const config = {
      'alicloud-media:consistencyWindow': '4',
      [`${namespace}:clientReadTimeout`]: String(PATIENCE),
    };
    if (host === 'plugin') {
      const yaml = await YamlStack.make({ emulator, config });
      return new StruckStack(emulator, yaml.stack, (links) =>
        yaml.declare(
          Object.fromEntries(links.map(({ id, resource }) => [id.replaceAll(/[/:]/g, '-'), resource])),
        ),
      );
    }
    const stack = await Stack.make({ emulator, program: '', config, resident: true });
    return new StruckStack(emulator, stack, (links) =>
      stack.write(links.map(({ program }) => program).join('\n')),
    );
  }

  async remove(): Promise<void> {
    this.stack.remove();
    await this.emulator.close();
  }

  /** Strikes a call of a link with the link's own kind, where that kind can. */
  strike({ id, kind }: StruckLink, action: string, times: number): void {
    if (!canStrike(kind, [action])) return;
    const delayMs = DELAYS[kind];
    this.emulator.addFault({ kind, action, link: id, times, ...(delayMs !== undefined && { delayMs }) });
  }

  /** Strikes the looks at a link. */
  strikeLooks({ looks, ...link }: StruckLink, times: number): void {
    if (looks !== undefined) this.strike({ ...link, id: looks.link }, looks.action, times);
  }

  /** Strikes calls that all links share. */
  strikeShared(action: string, kinds: readonly FaultKind[]): void {
    for (const kind of kinds) this.emulator.addFault({ kind, action, times: 1 });
  }

  /** The rules are used up with the command: one that struck nothing would prove nothing. */
  expectAllStruck(): void {
    const idle = this.emulator.faults().filter(({ struck }) => struck === 0);
    expect(idle.map(({ fault }) => `${fault.kind} at ${fault.action} ${fault.link ?? ''}`)).toEqual([]);
    this.emulator.clearFaults();
  }

  /** What is there, beside the links of somebody else, which must be. */
  get inCloud(): readonly string[] {
    const all = [...this.emulator.bindings(), ...this.emulator.mediaBuckets()].map(({ link }) => link).sort();
    expect(all).toEqual(expect.arrayContaining(FOREIGN));
    return all.filter((id) => !FOREIGN.includes(id));
  }

  async inState(): Promise<readonly (string | undefined)[]> {
    return (await this.stack.links()).map(({ id }) => id).sort();
  }
}
