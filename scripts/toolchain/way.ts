export type Say = (text: string) => void;

export interface Surroundings {
  /** The folder that keeps toolchains between runs. */
  readonly cache: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
}

/** One of the ways to a toolchain. */
export interface Way {
  /** The value of PULUMI_ALICLOUD_MEDIA_TOOLCHAIN that forces this way. */
  readonly name: string;
  readonly title: string;
  /** What an earlier run left in the cache, if it is whole. A way that keeps nothing has no such method. */
  kept?(surroundings: Surroundings): Promise<string | undefined>;
  /** Returns the folder, or throws an Error whose message says why this way does not work here. */
  find(surroundings: Surroundings): Promise<string>;
}
