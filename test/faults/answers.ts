import fc from 'fast-check';
import type { Fault } from '../../emulator/index.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import type { Link } from '../support/links/links.js';
import { Engine } from './engine.js';
import { addForeignLinks, linksBesideForeign } from './foreign.js';
import { adoptLine } from './one-case.js';

/** An answer as anything on the way may give it, whatever became of the request. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly hasEffect: boolean;
}

/** What is done to a stack with one link; `theirs` is somebody else who makes it where nothing is. */
export type Act = 'up' | 'refresh' | 'destroy' | 'theirs' | 'pass';

export interface Story {
  readonly link: Link;
  readonly acts: readonly Act[];
  readonly answers: readonly Answer[];
  /** Of each request, whether it is struck: read round and round. */
  readonly struck: readonly boolean[];
}

// No table has any of these. A service that lies in its own words cannot be seen through, and is none of this.
const CODES = ['InternalServerError', 'QpsLimitExceeded', 'ServiceTimeout', 'SomethingNew', 'Bucket.NotBind'];
const BODIES = [
  '',
  '{}',
  '[]',
  'null',
  '"RequestId"',
  '{"RequestId":',
  '<html><body>502 Bad Gateway</body></html>',
  '{"RequestId":"R"}',
  '{"RequestId":1}',
  '{"Code":"OK","RequestId":"R"}',
  '{"Message":"unknown","RequestId":"R"}',
  '{"RequestId":"R","Binding":{"State":"Running","URI":"oss://another"}}',
  '{"RequestId":"R","Binding":{},"Bindings":{},"MediaBucketList":{"MediaBucket":{}}}',
  '{"RequestId":"R","Credentials":{}}',
];

const anyBody = fc.oneof(
  fc.constantFrom(...BODIES),
  fc
    .record({
      Code: fc.constantFrom(...CODES),
      isOfService: fc.boolean(),
      key: fc.constantFrom('Code', 'code'),
    })
    .map(({ Code, isOfService, key }) =>
      JSON.stringify({ [key]: Code, ...(isOfService && { RequestId: 'R' }) }),
    ),
);

const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 201, 202, 301, 302, 400, 401, 403, 404, 409, 429, 500, 502, 503, 504),
  body: anyBody,
  hasEffect: fc.boolean(),
});

export const anyStory = (links: readonly Link[]): fc.Arbitrary<Story> =>
  fc.record({
    link: fc.constantFrom(...links),
    acts: fc.array(fc.constantFrom<Act>('up', 'up', 'refresh', 'destroy', 'theirs', 'pass'), {
      minLength: 4,
      maxLength: 24,
      size: 'max',
    }),
    answers: fc.array(anyAnswer, { minLength: 4, maxLength: 24 }),
    struck: fc.array(fc.boolean(), { minLength: 3, maxLength: 9 }),
  });

/** Strikes so many requests of one command, and then no more: what is struck for ever is held elsewhere. */
const MOST_OF_A_COMMAND = 14;

/** What is wrong with how a story went. */
export async function problemsOf(world: LifecycleWorld, story: Story): Promise<string[]> {
  const { link, acts } = story;
  const problems: string[] = [];
  world.begin();
  addForeignLinks(world);
  const engine = new Engine(world, link);
  const strikes = new Strikes(story);
  let isTheirs = false;
  const inCloud = () => linksBesideForeign(world).includes(link.id);
  for (const act of acts) {
    if (act === 'pass') world.clock.advance(61_000);
    if (act === 'theirs' && !inCloud() && engine.state === undefined) {
      link.make(world.emulator);
      isTheirs = true;
    }
    if (act === 'pass' || act === 'theirs') continue;
    world.emulator.strikeBy(strikes.begin());
    const error = await engine[act]();
    world.emulator.strikeBy();
    const told = `${act} ${error === undefined ? 'succeeded' : `said ${error.message}`}`;
    const lost = linksBesideForeign(world).filter((id) => id.startsWith('missing: '));
    if (lost.length > 0) problems.push(`${told}: ${lost.join()}`);
    if (isTheirs && !inCloud()) problems.push(`${told}: removed what somebody else made`);
    if (isTheirs && engine.state !== undefined) problems.push(`${told}: took over what somebody else made`);
    if (!isTheirs && inCloud() && engine.state === undefined)
      problems.push(`${told}: no state knows the link`);
    if (problems.length > 0) return problems;
  }
  // Requests are signed with the real time, and the service takes fifteen minutes either way: a story that waited so long has no end.
  if (world.clock.now() - Date.now() > MOST_AHEAD) return problems;
  world.clock.advance(61_000);
  let error = await engine.destroy();
  // Whose a registration is that was in doubt cannot be known any more.
  if (error !== undefined && adoptLine(error) === link.adoptedBy)
    error = await engine.destroy({ environment: { ALICLOUD_MEDIA_ADOPT: link.adoptedBy } });
  if (error !== undefined) problems.push(`the destroy in the end: ${error.message}`);
  if (inCloud() !== isTheirs) problems.push(isTheirs ? 'theirs was removed in the end' : 'left in the end');
  return problems;
}

/** With what the end takes, less than the service takes. */
const MOST_AHEAD = 11 * 60_000;

class Strikes {
  readonly #story: Story;
  #request = 0;
  #answer = 0;

  constructor(story: Story) {
    this.#story = story;
  }

  /** For one command. */
  begin(): (call: { readonly action: string }) => Fault | undefined {
    let left = MOST_OF_A_COMMAND;
    return ({ action }) => {
      const { struck, answers } = this.#story;
      if (left === 0 || !struck[this.#request++ % struck.length]) return undefined;
      const answer = answers[this.#answer++ % answers.length];
      if (answer === undefined || isLie(action, answer)) return undefined;
      left -= 1;
      count.answers += 1;
      if (count.answers % 50_000 === 0) console.log(`random answers: ${count.answers} so far`);
      const { status, body, hasEffect } = answer;
      return { kind: hasEffect ? 'effect-then-answered' : 'answered', status, body };
    };
  }
}

/** Answers that were given, of all stories. */
export const count = { answers: 0 };

/** An answer of the very shape of the API that says that something was done which was not. */
function isLie(action: string, { status, body, hasEffect }: Answer): boolean {
  if (hasEffect || !/^(Delete|Bind|Unbind|Attach|Detach)/.test(action) || status < 200 || status > 299)
    return false;
  try {
    const { RequestId, Code = 'OK' } = JSON.parse(body);
    return typeof RequestId === 'string' && Code === 'OK';
  } catch {
    return false;
  }
}
