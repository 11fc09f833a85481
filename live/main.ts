import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot } from '../scripts/root.js';
import { type LiveResult, runLive } from './run.js';
import { readSettings, SKIPPED } from './settings.js';
import type { Transcript } from './transcript.js';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const COST = `This runs against the real cloud, with your credentials.
It makes one IMM project, two datasets and up to two bindings, registers buckets as MPS output buckets, sends some
hundred to some thousand small requests within about ten minutes, and removes everything it made.
Cost: IMM bills what a binding scans and indexes. With an empty bucket there is nothing to index; with a full one the
objects in it are scanned and billed. No price is documented for registering a bucket with MPS. For moments the run exceeds the limits of
ListAllMediaBucket (10 a second for the whole account) and of its own project: other programs may be throttled.`;

/** The live test: skipped, with a line that says so, unless somebody asks for it. */
export async function main(_: readonly string[], environment = process.env): Promise<number> {
  const settings = readSettings(environment);
  if (settings === undefined) {
    say(SKIPPED);
    return 0;
  }
  if (settings.source !== 'live')
    throw new Error('The endpoints are on this machine: unset IMM_ENDPOINT, MTS_ENDPOINT and STS_ENDPOINT.');
  say(COST);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    say('Stopping; what was made is removed first. A second Ctrl-C stops at once and leaves it.');
    stop.abort(new Error('Ctrl-C'));
  });
  return conclude(await runLive(settings, say, undefined, stop.signal));
}

function conclude({ transcript, failures, left }: LiveResult): number {
  // Half of the answers would look like all of them.
  if (failures.length === 0) say(`The transcript is in ${write(transcript)}: read it before you share it.`);
  for (const failure of failures) say(`FAILED: ${failure}`);
  for (const what of left) say(`LEFT BEHIND, remove it by hand: ${what}`);
  if (left.length === 0) say('Everything that the run made is removed.');
  return failures.length + left.length === 0 ? 0 : 1;
}

function write(transcript: Transcript): string {
  const folder = join(findRoot(), 'test', 'transcripts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, freeName(folder, transcript.date));
  writeFileSync(file, `${JSON.stringify(transcript, undefined, 2)}\n`);
  return file;
}

function freeName(folder: string, date: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${date}.json` : `${date}-${number}.json`;
    if (!existsSync(join(folder, name))) return name;
  }
}
