import type { Reply } from '../alicloud/answers/reply.js';
import type { Sender } from '../lifecycle/operation.js';
import { type Row, record } from '../lifecycle/values.js';

/** A listing, and the field of its answers that holds the rows. */
export interface Paged {
  readonly region: string;
  readonly action: string;
  readonly field: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

interface Page {
  /** Undefined in place of what is no object. */
  readonly rows: readonly (Row | undefined)[];
  /** Of the next page; empty after the last. */
  readonly next: string;
  readonly requestId: string;
}

/** One page of a listing of IMM; the first without a token. */
export async function page(
  sender: Pick<Sender, 'request'>,
  { region, action, field, params }: Paged,
  token = '',
): Promise<Page> {
  const answers = (body: Reply) => Array.isArray(body[field]);
  const given = { ...params, ...(token && { NextToken: token }) };
  const { body, requestId } = await sender.request({
    service: 'imm',
    region,
    action,
    params: given,
    answers,
  });
  const rows = (body[field] as unknown[]).map(record);
  return { rows, next: typeof body.NextToken === 'string' ? body.NextToken : '', requestId };
}

/** All rows of a listing of IMM, page by page. */
export async function pages(sender: Pick<Sender, 'request'>, paged: Paged): Promise<readonly Row[]> {
  const all: Row[] = [];
  const tokens = new Set<string>();
  for (let token = ''; ; ) {
    const { rows, next, requestId } = await page(sender, paged, token);
    all.push(...rows.filter((row) => row !== undefined));
    if (next === '') return all;
    if (tokens.has(next))
      throw new Error(`IMM ${paged.action} gave the same page twice (RequestId ${requestId}).`);
    tokens.add(next);
    token = next;
  }
}
