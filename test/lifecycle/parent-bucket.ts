import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../emulator/index.js';
import type { Stack } from '../support/cli/stack.js';
import { isMutating } from '../support/links/links.js';

/**
 * A stand-in for `alicloud.oss.Bucket`: `new Bucket(name, { bucket, storage, deleteFirst }, opts)`. A change of
 * `bucket` or `storage` replaces it, delete-first where the program says so.
 */
export const BUCKET = `
class Bucket extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const __provider = 'exports.handler=()=>require("./bucket.js")';
    super('pulumi-nodejs:dynamic/test:Bucket', name, { ...args, __provider }, opts);
  }
}`;

/** Its create and delete leave a mark that says after which request of the emulator's journal they came. */
const PROVIDER = `
const { appendFileSync } = require('node:fs');
const EMULATOR = process.env.IMM_ENDPOINT;

async function mark(what) {
  const { journal } = await (await fetch(EMULATOR + '/_emulator/journal')).json();
  const after = journal.length === 0 ? 0 : journal[journal.length - 1].sequence;
  appendFileSync('marks.jsonl', JSON.stringify({ after, what }) + '\\n');
}

module.exports = {
  async diff(id, olds, news) {
    const replaces = ['bucket', 'storage'].filter((name) => olds[name] !== news[name]);
    return { changes: replaces.length > 0, replaces, deleteBeforeReplace: news.deleteFirst === true };
  },
  async create(inputs) {
    await mark('create ' + inputs.bucket);
    return { id: inputs.bucket + '/' + (inputs.storage ?? ''), outs: inputs };
  },
  async delete(id, outputs) {
    await mark('delete ' + outputs.bucket);
  },
};
`;

interface Mark {
  readonly after: number;
  readonly what: string;
}

/** Puts the stand-in's provider beside the program of a stack. */
export function installBucket(stack: Stack): void {
  stack.file('bucket.js', PROVIDER);
}

/** What happened since the last look: mutating calls that succeeded, and the stand-ins' creates and deletes. */
export function events(stack: Stack, emulator: Emulator): string[] {
  const file = join(stack.folder, 'marks.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(file, { force: true });
  const marks = lines.map((line) => JSON.parse(line) as Mark);
  const calls = emulator
    .journal()
    .filter(({ action, code }) => isMutating(action) && code === '')
    .map(({ sequence, action, link }) => ({ after: sequence, what: `${action} ${link}` }));
  emulator.clearJournal();
  // A mark came after the request it names, so it stands behind it: sort() is stable.
  return [...calls, ...marks].sort((a, b) => a.after - b.after).map(({ what }) => what);
}
