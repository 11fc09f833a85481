import Ajv from 'ajv';
import { expect } from 'vitest';
import { type Report, reviewSchema } from '../../../cli/review/report.js';
import { type Ran, runCommand } from './run-command.js';

/** The command on what is piped in. */
export function runReview(piped: string | undefined, ...args: string[]): Promise<Ran> {
  return runCommand(['review', ...args], piped);
}

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reviewSchema);

/** The report, after the schema has accepted it. */
export async function reportOf(piped: string, ...args: string[]): Promise<Report> {
  const { exit, out, notes } = await runReview(piped, '--json', ...args);
  expect(notes).toBe('');
  const report = JSON.parse(out) as Report;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(report.exit).toBe(exit);
  return report;
}
