import type { Reply } from '../../alicloud/answers/reply.js';
import type { Request } from '../../alicloud/sending/wire.js';
import { type Row, record } from '../../lifecycle/values.js';

/** What names a binding: the service gives it no id of its own (api-facts.md §2.2). */
export interface BindingNames {
  readonly region: string;
  readonly projectName: string;
  readonly datasetName: string;
  readonly uri: string;
}

/** A binding as the service shows it. */
export interface Binding {
  readonly state: string;
  readonly phase: string;
  readonly reason: string;
  /** RFC 3339 with nine digits of a second. */
  readonly createTime: string;
}

export function bindingRequest(action: string, names: BindingNames): Request {
  const { region, projectName, datasetName, uri } = names;
  const params = { ProjectName: projectName, DatasetName: datasetName, URI: uri };
  const request = { service: 'imm', region, action, params } as const;
  if (action === 'DeleteBinding') return { ...request, changes: idOf(names) };
  const answers = (body: Reply) => rowOf(body, names) !== undefined;
  return { ...request, answers, ...(action !== 'GetBinding' && { changes: idOf(names) }) };
}

export function idOf({ region, projectName, datasetName, uri }: BindingNames): string {
  return `${region}/${projectName}/${datasetName}/${uri}`;
}

/** The binding in an answer to CreateBinding or GetBinding; undefined for one in State Deleted. */
export function bindingIn(body: Reply, names: BindingNames): Binding | undefined {
  const row = rowOf(body, names);
  return row === undefined || row.State === 'Deleted' ? undefined : asBinding(row);
}

function rowOf({ Binding }: Reply, { uri }: BindingNames): Row | undefined {
  const row = record(Binding);
  return typeof row?.State === 'string' && sameUri(row.URI) === uri ? row : undefined;
}

/** A URI as it stands in arguments: the service may spell it with a slash behind, or the scheme in capitals. */
export function sameUri(text: unknown): string | undefined {
  return typeof text === 'string' ? text.replace(/^oss:/i, 'oss:').replace(/\/+$/, '') : undefined;
}

/** A row of ListBindings, or the object of GetBinding. */
export function asBinding(row: Row): Binding {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    state: text(row.State),
    phase: text(row.Phase),
    // `Detail` is where older replies put it (api-facts.md §2.2).
    reason: text(row.Reason) || text(row.Detail),
    createTime: text(row.CreateTime),
  };
}
