import { describe, it } from 'vitest';
import type { Switches } from '../../emulator/switches.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { BehindTheBack, endWell, Pass, Refresh, Up, UpAgain } from './commands.js';
import { Session } from './session.js';

describe.each(SERVERS)('served by the %s', (server) => {
  /** Runs what a random program was shrunk to. */
  async function holds(
    commands: readonly { run(model: Record<string, never>, session: Session): Promise<void> }[],
    switches: Partial<Switches> = {},
  ): Promise<void> {
    const session = await Session.start(switches, false, server);
    try {
      for (const command of commands) await command.run({}, session);
      await endWell(session);
    } finally {
      await session.close();
    }
  }

  it('a create whose time is short ends in time, also when STS throttles without end', async () => {
    await holds([new Up({ a: { timeouts: true } }, { faults: [{ kind: 'throttled', times: 'always' }] })]);
  });

  it('a create ends in time, also when the last look before its deadline waits for others to look with it', async () => {
    const faults = [
      { kind: 'throttled', action: 'CreateBinding', times: 2 },
      { kind: 'effect-then-nonce-used', skip: 3, times: 'always' },
    ] as const;
    await holds([new Up({ b: {} }, { faults })]);
  });

  it('a create that another binding excludes says so, also when its time ends before the window of staleness', async () => {
    await holds([new BehindTheBack('make', 0), new Up({ a: { link: 1, timeouts: true } })]);
  });

  it('a binding that was waited for, removed and made anew by somebody else is not taken over by the next up', async () => {
    await holds([
      new Up({ b: { timeouts: true } }, { faults: [{ kind: 'stuck-ready' }] }),
      new BehindTheBack('remake', 0),
      new UpAgain(),
    ]);
  });

  it('a registration that is there, and was in doubt for longer than the window, stays in doubt in a refresh', async () => {
    const faults = [
      { kind: 'effect-then-html-502', action: 'BindOutputBucket' },
      { kind: 'throttled', action: 'ListAllMediaBucket', skip: 1, times: 'always' },
    ] as const;
    await holds([new Up({ d: {} }, { faults }), new Refresh({})]);
  });

  it('a registration in doubt for longer than the window stands in the way of its replacement, and is named', async () => {
    const faults = [
      { kind: 'effect-then-reply-lost', action: 'BindOutputBucket' },
      { kind: 'throttled', action: 'ListAllMediaBucket', skip: 1, times: 'always' },
    ] as const;
    await holds([new Up({ c: { timeouts: true } }, { faults }), new Pass(100), new Up({ c: { link: 1 } })]);
  });
});
