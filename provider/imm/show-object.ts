import type { Operation } from '../lifecycle/operation.js';
import { type Row, rowIn } from '../lifecycle/values.js';
import { existing } from './not-existing.js';

/** What a function asks of one object. */
interface Question {
  readonly region: string;
  readonly action: string;
  /** The field of the answer that holds it. */
  readonly field: string;
  /** The parameters that name it, as the answer repeats them. */
  readonly names: Readonly<Record<string, string>>;
  readonly withStatistics: boolean | undefined;
  /** What may be missing where the service finds nothing. */
  readonly what: string;
}

/** The object of these names as the service shows it; an error where there is none. */
export async function showObject(
  operation: Operation,
  { region, action, field, names, withStatistics, what }: Question,
): Promise<Row> {
  const rowOf = (body: Row) => rowIn(body, field, names);
  const params = { ...names, ...(withStatistics && { WithStatistics: true }) };
  const answers = (body: Row) => rowOf(body) !== undefined;
  const asked = () => operation.request({ service: 'imm', region, action, params, answers });
  return rowOf((await existing(what, asked)).body) ?? {};
}
