import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../../../provider/alicloud/answers/error-codes.js';
import { TransportError } from '../../../provider/alicloud/answers/errors.js';
import type { Evidence } from '../../../provider/lifecycle/evidence.js';
import { HalfMadeError, LinkExistsError, UnseenLinkError } from '../../../provider/lifecycle/failures.js';
import { type LinkToMake, makeLink } from '../../../provider/lifecycle/make-link.js';
import { doubtOf, keeping } from '../../../provider/lifecycle/standing.js';
import { LifecycleWorld } from '../../support/lifecycle/lifecycle-world.js';

const ID = 'cn-shanghai/my-bucket';

interface Thing {
  readonly by: 'us' | 'others';
  readonly at: number;
}

let world: LifecycleWorld;
beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(() => world.close());

let there: Thing | undefined;
let made = 0;
beforeEach(async () => {
  world.begin();
  there = undefined;
  made = 0;
  // The first reply tells the clock of the service.
  await world.operation().account();
});

const failure = (code: string, status = 400) =>
  errorOf({ service: 'mts', action: 'BindOutputBucket', code, status, text: 'why' });
const EXISTS = failure('Bucket.AlreadyBind');
const LOST = new TransportError('mts', 'BindOutputBucket', 'ECONNRESET', true);
const DENIED = failure('Forbidden.RAM');
const NEVER_SENT = new TransportError('mts', 'BindOutputBucket', 'ECONNREFUSED', false);

function link(more: Partial<LinkToMake<Thing>> = {}): LinkToMake<Thing> {
  return {
    title: 'mps.OutputBucket',
    id: ID,
    adoptedBy: ID,
    account: '1',
    adopt: false,
    properties: {},
    hasIdentity: true,
    showsItsEnd: false,
    look: async () => evidence(there),
    make: async () => make(),
    remove: async () => Promise.reject(new Error('nothing of this removes')),
    madeAt: ({ at }) => at,
    show: () => 'there',
    ...more,
  };
}

const evidence = (found: Thing | undefined): Evidence<Thing> =>
  found === undefined ? { is: 'absent' } : { is: 'present', found };

function make(): Thing {
  made += 1;
  if (there) throw EXISTS;
  there = { by: 'us', at: world.clock.now() };
  return there;
}

/** The first tries end like this; `effect` happens before the reply is lost. */
function unlucky(error: Error, effect: () => void, times = 1): () => Promise<Thing> {
  return async () => {
    if (times-- > 0) {
      made += 1;
      effect();
      throw error;
    }
    return make();
  };
}

const others = (at = world.clock.now()): Thing => ({ by: 'others', at });
const run = (more: Partial<LinkToMake<Thing>> = {}, adoptable: string[] = []) =>
  makeLink(world.operation({ adoptable }), link(more));

describe('a link that is there already', () => {
  beforeEach(() => {
    there = others(Date.parse('2026-01-02T03:04:05Z'));
  });

  it('is refused with the line that takes it over, and nothing is sent', async () => {
    const error = await run().catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(LinkExistsError);
    expect((error as Error).message).toContain('(created 2026-01-02T03:04:05.000Z)');
    expect((error as Error).message).toMatch(/\n {2}ALICLOUD_MEDIA_ADOPT='cn-shanghai\/my-bucket'$/);
    expect(made).toBe(0);
  });

  it.each([
    ['adopt: true', { adopt: true }, []],
    ['its id in the run', {}, [ID]],
  ])('is taken over by %s, which is said once with its time', async (_, more, adoptable) => {
    expect(await run(more, adoptable)).toBe(there);
    expect(made).toBe(0);
    expect(world.said).toEqual([
      `info: mps.OutputBucket ${ID}: took it over (created 2026-01-02T03:04:05.000Z), account 1.`,
    ]);
  });

  it('is not taken over by the id of another', async () => {
    await expect(run({}, [`${ID}-2`])).rejects.toThrow(LinkExistsError);
  });
});

describe('a link that is missing', () => {
  it('is made with one request and nothing said', async () => {
    expect(await run()).toMatchObject({ by: 'us' });
    expect([made, world.said]).toEqual([1, []]);
  });

  it('is tried again where the request was never sent or throttled, and an own reply is never a takeover', async () => {
    for (const error of [NEVER_SENT, failure('Throttling')]) {
      there = undefined;
      expect(await run({ make: unlucky(error, () => {}, 2) })).toMatchObject({ by: 'us' });
    }
    expect(world.said).toEqual([]);
  });

  it('fails at once with what no other try can change', async () => {
    const error = failure('InvalidParameter');
    await expect(run({ make: unlucky(error, () => {}) })).rejects.toBe(error);
    expect(made).toBe(1);
  });
});

describe('a try whose reply was lost', () => {
  const effect = () => {
    there = { by: 'us', at: world.clock.now() };
  };

  it.each([
    ['the connection was cut', LOST],
    ['the service said InternalError', failure('InternalError')],
    ['the nonce was seen before', failure('SignatureNonceUsed')],
  ])('made the link: it is our own, where %s', async (_, error) => {
    expect(await run({ make: unlucky(error, effect) })).toBe(there);
    expect([made, world.said]).toEqual([1, []]);
  });

  it('made the link, which does not show yet: the next try says that it exists, and it is our own', async () => {
    const shownAt = world.clock.now() + 5_000;
    const look = async () => evidence(world.clock.now() < shownAt ? undefined : there);
    expect(await run({ make: unlucky(LOST, effect), look })).toBe(there);
    expect([made, world.said]).toEqual([2, []]);
  });

  it('did not make it: it is made by the next', async () => {
    expect(await run({ make: unlucky(LOST, () => {}) })).toMatchObject({ by: 'us' });
    expect(made).toBe(2);
  });

  it("was answered by somebody else's link, older than our look: refused, and taken over where that was said", async () => {
    const older = () => {
      there = others(world.clock.now() - 10_000);
    };
    await expect(run({ make: unlucky(LOST, older) })).rejects.toThrow(LinkExistsError);
    there = undefined;
    expect(await run({ make: unlucky(LOST, older), adopt: true })).toMatchObject({ by: 'others' });
  });

  it("was answered by somebody else's link, made long after our last try: refused", async () => {
    const tried = { from: world.clock.now() - 7_200_000, until: world.clock.now() - 7_000_000 };
    there = others(world.clock.now() - 1_000);
    const left = { properties: keeping({}, { unfinished: tried }) };
    await expect(run(left)).rejects.toThrow(LinkExistsError);
  });

  it('of an earlier run made the link, which shows now: it is our own, and made once', async () => {
    const tried = { from: world.clock.now() - 30_000, until: world.clock.now() - 20_000 };
    there = { by: 'us', at: world.clock.now() - 15_000 };
    expect(await run({ properties: keeping({}, { unfinished: tried }) })).toBe(there);
    expect([made, world.said]).toEqual([0, []]);
  });

  it.each([
    ['a code that no table has', failure('InternalServerError', 500)],
    ['a code that no table has, with a status that says nothing', failure('SomethingNew', 400)],
    ['an error that nobody knows', new Error('what is this')],
  ])('is kept as in doubt where no look can tell how it ended: %s', async (_, error) => {
    let looks = 0;
    const look = async () => {
      looks += 1;
      if (looks === 1) return evidence(undefined);
      throw DENIED;
    };
    const kept = await run({ make: unlucky(error, effect), look }).catch((thrown: Error) => thrown);
    expect(kept).toBeInstanceOf(HalfMadeError);
    expect(doubtOf((kept as HalfMadeError).outputs)).toMatchObject({ from: expect.any(Number) });
  });
});

describe('a service that makes again what is there already', () => {
  it("answers with somebody else's, which is older than our request: refused, and taken over where that was said", async () => {
    const older = others(world.clock.now() - 5_000);
    const idempotent = { look: async () => evidence(undefined), make: async () => older };
    await expect(run(idempotent)).rejects.toThrow(LinkExistsError);
    expect(await run({ ...idempotent, adopt: true })).toBe(older);
  });

  it('may have it already where no look can tell: said before anything is sent, with the line that goes on', async () => {
    const unseen = { look: async () => ({ is: 'unknown' }) as const };
    const error = await run(unseen).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(UnseenLinkError);
    expect((error as Error).message).toMatch(/\n {2}ALICLOUD_MEDIA_ADOPT='cn-shanghai\/my-bucket'$/);
    expect(made).toBe(0);
    expect(await run({ ...unseen, adopt: true })).toMatchObject({ by: 'us' });
  });

  it('is looked at again before each try: a throttled one may have waited for minutes', async () => {
    const throttledOnce = unlucky(failure('Throttling'), () => {
      there = others(world.clock.now() + 60_000);
    });
    const idempotent = async () => (await throttledOnce()) ?? there;
    await expect(run({ make: idempotent })).rejects.toThrow(LinkExistsError);
  });
});

describe('a service that says exists without a lost reply', () => {
  const by = (thing: () => Thing | undefined) => async () => {
    made += 1;
    there = thing();
    throw EXISTS;
  };

  it('means somebody else who was faster: refused, or taken over where that was said', async () => {
    await expect(run({ make: by(others) })).rejects.toThrow(LinkExistsError);
    there = undefined;
    expect(await run({ make: by(others), adopt: true })).toMatchObject({ by: 'others' });
  });

  it('and never shows it means another link that excludes this one: its own error, within the window', async () => {
    const started = world.clock.now();
    await expect(run({ make: by(() => undefined), adopt: true })).rejects.toBe(EXISTS);
    expect(made).toBe(1);
    expect(world.clock.now() - started).toBe(60_000);
  });

  it('is believed where no look can prove anything: refused with the line, or taken over, at once', async () => {
    let looks = 0;
    const hidden = {
      make: by(() => undefined),
      look: async () => {
        looks += 1;
        return looks % 2 === 1 ? evidence(undefined) : ({ is: 'unknown' } as const);
      },
      unseen: others(),
    };
    await expect(run(hidden)).rejects.toThrow(LinkExistsError);
    expect(await run({ ...hidden, adopt: true })).toMatchObject({ by: 'others' });
    expect(world.clock.slept).toEqual([]);
  });
});
