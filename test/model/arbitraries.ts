import fc from 'fast-check';
import {
  FAULT_KINDS,
  FAULTS,
  type Fault,
  type FaultKind,
  type FaultSpec,
  SWITCH_NAMES,
  SWITCHES,
} from '../../emulator/index.js';
import type { Switches } from '../../emulator/switches.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import {
  BehindTheBack,
  CHANGES,
  type Choice,
  type Choices,
  Destroy,
  Pass,
  Refresh,
  type Trouble,
  Up,
  UpAgain,
  WrittenByOlder,
} from './commands.js';
import { LINKS, SLOT_NAMES } from './links.js';

/** Any combination of what the service may turn out to do; what is absent is the least favourable. */
export const anySwitches: fc.Arbitrary<Partial<Switches>> = fc.record(
  Object.fromEntries(
    SWITCH_NAMES.map((name) => [
      name,
      fc.constantFrom<unknown>(...(SWITCHES[name].values as readonly unknown[])),
    ]),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Switches>>;

const seldom = fc.oneof(
  { weight: 5, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

const anyChoice: fc.Arbitrary<Choice> = fc
  .record({ link: fc.nat(1), adopt: seldom, skipAwait: seldom, timeouts: seldom, anew: fc.boolean() })
  .map(({ link, adopt, skipAwait, timeouts, anew }) => ({
    ...(link > 0 && { link }),
    ...(adopt && { adopt }),
    ...(skipAwait && { skipAwait }),
    ...(timeouts && { timeouts }),
    ...(anew && { anew }),
  }));

const anyChoices: fc.Arbitrary<Choices> = fc.record(
  Object.fromEntries(SLOT_NAMES.map((name) => [name, anyChoice])),
  { requiredKeys: [] },
);

const CALLS = LIFECYCLES.map(({ description: { calls } }) => calls);
const CREATES: readonly string[] = CALLS.map(({ make }) => make);
const ACTIONS = [
  ...new Set([
    ...CREATES,
    ...CALLS.flatMap(({ remove, update, reads }) => [
      remove,
      ...(update === undefined ? [] : [update]),
      ...reads,
    ]),
    'GetCallerIdentity',
  ]),
];
/** What a fault delays in real time, and how long: a little more than the provider waits then. */
const LATE = 80;
/** As long as the issue asks to hold. */
const HELD = 30_000;

/** Kinds of which a test would wait for ever, if they went on for ever. */
const BRIEF: readonly FaultKind[] = ['hang', 'effect-then-hang', 'slow', 'late-effect'];

const LASTING: readonly FaultKind[] = ['stale-reads', 'stuck-ready', 'stuck-deleting', 'binding-failed'];

const anyFault: fc.Arbitrary<Fault> = fc
  .record({
    kind: fc.oneof(
      // Real time passes in these: they are drawn less often.
      { weight: 60, arbitrary: fc.constantFrom(...FAULT_KINDS.filter((kind) => !BRIEF.includes(kind))) },
      // What these leave behind outlasts the command, and meets the next.
      { weight: 30, arbitrary: fc.constantFrom(...LASTING) },
      { weight: 2, arbitrary: fc.constantFrom(...BRIEF) },
    ),
    action: fc.option(fc.constantFrom(...ACTIONS), { nil: undefined }),
    skip: fc.nat(4),
    times: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 3, arbitrary: fc.constant(2) },
      { weight: 1, arbitrary: fc.constant('always' as const) },
    ),
    forEver: fc.boolean(),
  })
  .map(({ kind, action, skip, times, forEver }) => {
    const spec: FaultSpec = FAULTS[kind];
    // An effect that comes so late that its link was removed and made anew could be told by nobody.
    const actions = kind === 'late-effect' ? CREATES : spec.actions;
    const strikes =
      actions !== undefined && !actions.some((one) => one === action)
        ? actions[skip % actions.length]
        : action;
    const endless = times === 'always' && (BRIEF.includes(kind) || spec.effects === 2);
    return {
      kind,
      ...(strikes !== undefined && { action: strikes }),
      ...(skip > 0 && { skip }),
      times: endless ? 2 : times,
      ...(kind === 'slow' || kind === 'late-effect' ? { delayMs: LATE } : {}),
      ...(kind === 'stale-reads' || (kind.startsWith('stuck-') && !forEver) ? { delayMs: HELD } : {}),
    };
  });

const anyTrouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.record({ faults: fc.array(anyFault, { minLength: 1, maxLength: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        kill: fc.record({ at: fc.nat(9), effect: fc.boolean() }),
        faults: fc.array(anyFault, { minLength: 1, maxLength: 1 }),
      },
      { requiredKeys: ['kill'] },
    ),
  },
);

const NEWER = ['accountId', 'createTime', 'boundAt', 'status', 'failedReason'];

const anyUp = fc.tuple(anyChoices, anyTrouble, fc.boolean()).map((given) => new Up(...given));

const anyChange = fc
  .tuple(fc.constantFrom(...CHANGES), fc.nat(LINKS.length - 1))
  .map((given) => new BehindTheBack(...given));

/** A program of up to so many commands. */
export const anyCommands = (maxCommands: number) =>
  fc.commands(
    [
      anyUp,
      anyUp,
      fc.tuple(anyTrouble, fc.boolean()).map((given) => new UpAgain(...given)),
      anyTrouble.map((trouble) => new Refresh(trouble)),
      anyTrouble.map((trouble) => new Destroy(trouble)),
      anyChange,
      anyChange,
      fc.oneof(
        fc.constantFrom(1, 31, 61, 3_600).map((seconds) => new Pass(seconds)),
        fc.subarray(NEWER, { minLength: 1, maxLength: 2 }).map((missing) => new WrittenByOlder(missing)),
      ),
    ],
    { maxCommands, size: 'max' },
  );
