import type { Options } from './options.js';

/** What every part is given. */
export interface Bench {
  readonly options: Options;
  /** The folder with the CLI. */
  readonly toolchain: string;
  /** Progress, for whoever waits. */
  say(text: string): void;
}

/** One part of the bench, which can be run alone. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** It counts, and measures no time: its figures stand beside those of any machine. */
  readonly isOfCounts?: boolean;
  /** Answers its section, in Markdown, without the title. */
  run(bench: Bench): Promise<readonly string[]>;
}

/** A number of links in this run. */
export function scaled({ options }: Bench, links: number): number {
  return Math.max(1, Math.round(links * options.scale));
}
