import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';

/** How many cases are under way at the same time: those that wait for a reply that never comes cost the others nothing. */
const WORLDS = 8;

/** Worlds that work through cases. Each case has a world of its own while it runs. */
export class Worlds {
  readonly #worlds: readonly LifecycleWorld[];

  private constructor(worlds: readonly LifecycleWorld[]) {
    this.#worlds = worlds;
  }

  static async start(chance: Partial<Pick<LifecycleWorld, 'random'>> = {}): Promise<Worlds> {
    const worlds = await Promise.all(Array.from({ length: WORLDS }, () => LifecycleWorld.start()));
    for (const world of worlds) Object.assign(world, chance);
    return new Worlds(worlds);
  }

  async close(): Promise<void> {
    await Promise.all(this.#worlds.map((world) => world.close()));
  }

  /** What was wrong, of all cases. */
  async problems<T>(
    cases: readonly T[],
    problemsOf: (world: LifecycleWorld, one: T) => Promise<string[]>,
  ): Promise<string[]> {
    const waiting = [...cases];
    const found: string[] = [];
    await Promise.all(
      this.#worlds.map(async (world) => {
        for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
          found.push(...(await problemsOf(world, one)));
        }
      }),
    );
    return found;
  }
}
