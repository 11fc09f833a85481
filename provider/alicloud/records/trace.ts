const VARIABLE = 'ALICLOUD_MEDIA_LOG';

/** What a line of the debug log may hold. There is no other field, so nothing else can be printed. */
const FIELDS = [
  'event',
  'service',
  'region',
  'action',
  'endpoint',
  'try',
  'milliseconds',
  'rate',
  'code',
  'requestId',
  'status',
  'reason',
  'credentials',
] as const;

type Fields = { readonly [name in (typeof FIELDS)[number]]?: unknown };
export type Trace = (fields: Fields) => void;

/** Prints tries, waits, rates and timing under ALICLOUD_MEDIA_LOG=debug; nothing without it. */
export function traceOf(environment: NodeJS.ProcessEnv, print: ((line: string) => void) | undefined): Trace {
  if (environment[VARIABLE] !== 'debug' || print === undefined) return () => {};
  return (fields) =>
    print(
      FIELDS.filter((name) => fields[name] !== undefined)
        .map((name) => `${name}=${JSON.stringify(fields[name])}`)
        .join(' '),
    );
}
