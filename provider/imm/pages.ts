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

/** All rows of a listing of IMM, page by page. */
export async function pages(
  sender: Pick<Sender, 'request'>,
  { region, action, field, params }: Paged,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const tokens = new Set<string>();
  const answers = (body: Reply) => Array.isArray(body[field]);
  for (let token = ''; ; ) {
    const given = { ...params, ...(token && { NextToken: token }) };
    const answer = await sender.request({ service: 'imm', region, action, params: given, answers });
    const { [field]: page, NextToken: next } = answer.body;
    for (const row of (page as unknown[]).map(record)) if (row !== undefined) rows.push(row);
    if (typeof next !== 'string' || next === '') return rows;
    if (tokens.has(next))
      throw new Error(`IMM ${action} gave the same page twice (RequestId ${answer.requestId}).`);
    tokens.add(next);
    token = next;
  }
}
