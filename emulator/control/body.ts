/** The body of a control request: an object, or nothing at all. */
export type Body = Readonly<Record<string, unknown>>;

export function parseObject(text: string): Body {
  if (text.trim() === '') return {};
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('the body must be a JSON object');
  }
  return Object.fromEntries(Object.entries(value));
}

export function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new Error(`"${name}" must be a text`);
  return value;
}

export function optionalText(body: Body, name: string): string | undefined {
  return body[name] === undefined ? undefined : text(body, name);
}

export function optionalNumber(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value >= 0)) throw new Error(`"${name}" must be a number, not negative`);
  return value;
}

export function list(body: Body, name: string): unknown[] {
  const value = body[name];
  if (!Array.isArray(value)) throw new Error(`"${name}" must be a list`);
  return value;
}

export function oneOf<const T extends string>(body: Body, name: string, values: readonly T[]): T {
  const found = values.find((value) => value === body[name]);
  if (found === undefined) throw new Error(`"${name}" must be one of ${values.join(', ')}`);
  return found;
}
