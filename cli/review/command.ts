import { Option } from 'commander';
import type { CliCommand } from '../command.js';
import { jsonText } from '../json-text.js';
import { readGiven } from '../read-file.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { readAllowed } from './allowed.js';
import { markdownOf } from './markdown.js';
import { readPreview } from './preview.js';
import { review } from './review.js';

interface ReviewArgs {
  readonly maxDeletes?: string;
  /** `--no-replace` takes it away. */
  readonly replace: boolean;
  readonly allow?: string;
  readonly json?: true;
}

export const reviewCommand: CliCommand<ReviewArgs> = {
  name: 'review',
  summary: 'say what a preview deletes or replaces, for a pull request',
  about:
    'Reads what `pulumi preview --json` writes, or a plan, and prints Markdown. It sends no request and needs no credentials.',
  argument: ['[file]', 'the preview or the plan; without it, or with -, what is piped in'],
  options: [
    new Option('--max-deletes <number>', 'end with 1 when more than that are deleted or replaced'),
    new Option('--no-replace', 'end with 1 when one is replaced'),
    new Option('--allow <file>', 'do not count the links whose ids are its lines'),
    new Option('--json', 'as JSON, whose schema is docs/reference/schemas/review.json'),
  ],
  examples: [
    {
      line: 'pulumi preview --json | npx pulumi-alicloud-media review',
      does: 'the text of a comment; 1 if a link is deleted or replaced',
    },
    {
      line: 'npx pulumi-alicloud-media review --max-deletes 2 --no-replace preview.json',
      does: '1 if more than two are deleted, or one is replaced',
    },
  ],
  exits: ['no link is deleted or replaced above the limits', 'one is'],

  async run({ maxDeletes, replace, allow, json }, terminal, [file = '-']) {
    if (maxDeletes !== undefined && !/^\d{1,9}$/.test(maxDeletes))
      throw new UsageError(`--max-deletes takes a number, not ${maxDeletes}`);
    const limits = { maxDeletes: maxDeletes === undefined ? null : Number(maxDeletes), noReplace: !replace };
    const allowed = readAllowed(allow);
    const from = file === '-' ? 'standard input' : file;
    const report = review(readPreview(await contentOf(file, terminal), from), limits, allowed);
    terminal.out(json ? jsonText(report) : markdownOf(report));
    return report.exit;
  },
};

async function contentOf(file: string, terminal: Terminal): Promise<string> {
  if (file === '-') {
    const input = await terminal.input();
    if (input === undefined) throw new UsageError('nothing is piped in: `pulumi preview --json | …`');
    return input;
  }
  return readGiven(file).toString('utf8');
}
