import { randomBytes } from 'node:crypto';
import { version } from '../provider/alicloud/sending/package-version.js';
import { askImm } from './imm.js';
import { askMps } from './mps.js';
import { QUESTIONS, type Question } from './questions.js';
import { LiveSession, type Pace, said } from './session.js';
import type { LiveSettings } from './settings.js';
import type { Transcript } from './transcript.js';

export interface LiveResult {
  readonly transcript: Transcript;
  /** What went wrong on the way. */
  readonly failures: readonly string[];
  /** What the run made and could not remove. */
  readonly left: readonly string[];
}

const LIVE_PACE: Pace = { pause: 1_000, patience: 300_000 };

/** Asks every question, and removes what it made whatever happens. */
export async function runLive(
  settings: LiveSettings,
  say: (line: string) => void,
  pace: Pace = LIVE_PACE,
  signal?: AbortSignal,
): Promise<LiveResult> {
  const session = new LiveSession(settings, pace, say, signal);
  session.names.name(settings.bucket, 'bucket');
  if (settings.foreignBucket) session.names.name(settings.foreignBucket, 'foreign bucket');
  const suffix = randomBytes(4).toString('hex');
  const failures: string[] = [];
  let left: string[] = [];
  try {
    say(`${await session.account()}, region ${settings.region}`);
    for (const [what, ask] of [
      ['permissions', askDenied],
      ['MPS', askMps],
      ['IMM', askImm],
    ] as const) {
      say(what);
      await ask(session, suffix).catch((error: unknown) => {
        failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      });
      signal?.throwIfAborted();
    }
  } catch (error) {
    failures.push(`stopped: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    say('removing what was made');
    left = await session.undo.all();
  }
  for (const question of Object.keys(QUESTIONS) as Question[])
    if (!session.answers.some((answer) => answer.question === question))
      session.answer(question, 'not asked: the run failed before');
  const { answers, exchanges } = session;
  const date = new Date().toISOString().slice(0, 10);
  return {
    transcript: {
      source: settings.source,
      date,
      version: version(),
      region: settings.region,
      answers,
      exchanges,
    },
    failures,
    left,
  };
}

/** Reads only: where the user turns out to have permissions, nothing happens. */
async function askDenied(session: LiveSession): Promise<void> {
  const { denied, bucket } = session.settings;
  if (denied === undefined) {
    const why = 'not asked: ALICLOUD_MEDIA_LIVE_DENIED_PROFILE names no profile of a user without permission';
    for (const question of ['5a', '5b'] as const) session.answer(question, why);
    return;
  }
  const get = {
    service: 'imm',
    action: 'GetBinding',
    params: { ProjectName: 'media-live', DatasetName: 'none', URI: `oss://${bucket}` },
  } as const;
  session.answer('5a', said(await session.ask('5a', 'a user without permission', get, denied)));
  const list = { service: 'mts', action: 'ListAllMediaBucket', params: { MaximumPageSize: 1 } } as const;
  session.answer('5b', said(await session.ask('5b', 'a user without permission', list, denied)));
}
