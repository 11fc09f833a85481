import fc, { type AsyncCommand } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Boundary, FAULTS, type FaultKind } from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import type { Host } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { type CliCommand, CliSession, type CliTrouble } from './cli-session.js';
import { type Link, parentOf, SLOT_NAMES, SLOTS } from './links.js';
import { limit, settings } from './runs.js';

/** Links that do not exclude each other. */
const LINKS: readonly Link[] = SLOT_NAMES.map((name) => SLOTS[name][0]);
/** A command of a program in YAML costs less than half of one in Node.js, so the plugin gets the most, and the short ones. */
const ON: Readonly<Record<Host, { readonly programs: number; readonly mostCommands: number }>> = {
  dynamic: { programs: 2, mostCommands: 8 },
  plugin: { programs: IS_WIDE ? 18 : 3, mostCommands: 4 },
};

class Step implements AsyncCommand<object, CliSession> {
  constructor(
    readonly text: string,
    readonly work: (session: CliSession) => Promise<unknown>,
  ) {}
  check = () => true;
  async run(_: object, session: CliSession): Promise<void> {
    await this.work(session);
  }
  toString = () => this.text;
}

/** What the engine's own run can be struck with once, without real time passing, and overcomes. */
const KINDS: readonly FaultKind[] = (Object.keys(FAULTS) as FaultKind[]).filter((kind) => {
  const { delivery, delay, effects, changes } = FAULTS[kind] as (typeof FAULTS)[FaultKind] & {
    delay?: object;
    changes?: string;
  };
  return delivery !== 'hang' && !delay && effects !== 2 && !changes && kind !== 'clock-skew';
});

const MUTATING = LIFECYCLES.flatMap(({ description: { calls } }) => [calls.make, calls.remove]);

const anyMoment = fc.record({
  boundary: fc.constantFrom<Boundary>('after-effect', 'after-reply'),
  skip: fc.nat(6),
});
const anyTrouble: fc.Arbitrary<CliTrouble> = fc.oneof(
  fc.constant({}),
  fc.record({
    fault: fc.record({
      kind: fc.constantFrom(...KINDS),
      action: fc.constantFrom(...MUTATING),
    }),
  }),
  fc.record({ kill: anyMoment }),
  fc.record({ interrupt: anyMoment }),
);
const anyUp = fc
  .tuple(fc.subarray([...LINKS]), anyTrouble, fc.boolean())
  .map(([drawn, trouble, takeOver]) => {
    // What hangs on another one is in no program without it.
    const isWhole = (link: Link): boolean => {
      const above = parentOf(link);
      return above === undefined || (drawn.includes(above) && isWhole(above));
    };
    const links = drawn.filter(isWhole);
    const names = links.map(({ id }) => id);
    return new Step(`up ${JSON.stringify({ names, trouble, takeOver })}`, (session) =>
      session.up(links, trouble, takeOver),
    );
  });
const anyOther = fc
  .tuple(fc.constantFrom<CliCommand>('refresh', 'destroy'), anyTrouble)
  .map(
    ([name, trouble]) =>
      new Step(`${name} ${JSON.stringify(trouble)}`, (session) => session.command(name, trouble)),
  );
const anyChange = fc
  .tuple(fc.constantFrom(...LINKS), fc.constantFrom('remove', 'make', 'remake'))
  .map(
    ([link, change]) =>
      new Step(`${change} ${link.id}`, async (session) =>
        session.behindTheBack(link, change !== 'make', change !== 'remove'),
      ),
  );

describe.each(Object.entries(ON).filter(([host]) => IS_WIDE || host === 'plugin'))(
  'on the %s host',
  (host, { programs, mostCommands }) => {
    it(
      'random programs through the real CLI: no object lost, none of others touched, every end a good one',
      async () => {
        let steps = 0;
        const property = fc.asyncProperty(
          fc.commands([anyUp, anyUp, anyOther, anyChange], { maxCommands: mostCommands, size: 'max' }),
          async (commands) => {
            const session = await CliSession.start(host as Host);
            try {
              await fc.asyncModelRun(() => ({ model: {}, real: session }), commands);
              await session.endWell();
              steps += [...commands].length;
            } finally {
              await session.close();
            }
          },
        );
        // To shrink takes minutes here: FC_SHRINK=1 asks for it.
        await fc.assert(property, {
          ...settings(`through the CLI on the ${host} host`, programs),
          endOnFailure: process.env.FC_SHRINK === undefined,
        });
        console.log(`through the CLI on the ${host} host: ${steps} commands`);
        expect(steps).toBeGreaterThan(0);
      },
      limit(programs, 180_000),
    );
  },
);
