import type { Answer, Request } from '../alicloud/wire.js';

/** What names a binding: the service gives it no id of its own (api-facts.md §2.2). */
export interface BindingLink {
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

export function bindingRequest(action: string, link: BindingLink): Request {
  const { region, projectName, datasetName, uri } = link;
  const params = { ProjectName: projectName, DatasetName: datasetName, URI: uri };
  return { service: 'imm', region, action, params, ...(action !== 'GetBinding' && { changes: idOf(link) }) };
}

export function idOf({ region, projectName, datasetName, uri }: BindingLink): string {
  return `${region}/${projectName}/${datasetName}/${uri}`;
}

/** The binding in an answer to CreateBinding or GetBinding; undefined for one in State Deleted. */
export function bindingIn({ body, requestId }: Answer, { uri }: BindingLink): Binding | undefined {
  const found = record(body.Binding);
  if (found === undefined || typeof found.State !== 'string' || found.URI !== uri) {
    throw new Error(`IMM answered without the binding of ${uri} (RequestId ${requestId}).`);
  }
  return found.State === 'Deleted' ? undefined : asBinding(found);
}

/** A row of ListBindings, or the object of GetBinding. */
export function asBinding(row: Record<string, unknown>): Binding {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    state: text(row.State),
    phase: text(row.Phase),
    // `Detail` is where older replies put it (api-facts.md §2.2).
    reason: text(row.Reason) || text(row.Detail),
    createTime: text(row.CreateTime),
  };
}

export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
