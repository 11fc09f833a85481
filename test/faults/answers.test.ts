import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limit, settings } from '../model/runs.js';
import { IS_WIDE } from '../support/extent.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { LINKS } from '../support/links/links.js';
import { anyStory, count, problemsOf } from './answers.js';
import { Worlds } from './worlds.js';

const STORIES = IS_WIDE ? 400 : 160;

let worlds: Worlds;
beforeAll(async () => {
  worlds = await Worlds.start();
});
afterAll(() => worlds.close());

it.each(SERVERS)(
  "whatever anybody answers to any call, served by the %s: no link in the cloud without the state, none dropped while it is there, never somebody else's",
  async (server) => {
    const before = count.answers;
    const title = `random answers, served by the ${server}`;
    // Several at once, since each waits for its replies; a failure shrinks one by one.
    const property = fc.asyncProperty(
      fc.array(anyStory(LINKS), { minLength: 1, maxLength: 8 }),
      async (stories) => {
        const problems = await worlds.problems(stories, (world, story) => {
          world.server = server;
          return problemsOf(world, story);
        });
        expect(problems).toEqual([]);
      },
    );
    await fc.assert(property, settings(title, STORIES / 8));
    console.log(`${title}: ${count.answers - before} answers`);
    expect(count.answers).toBeGreaterThan(before);
  },
  limit(STORIES, 200),
);
