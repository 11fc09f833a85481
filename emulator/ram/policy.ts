/** A document of RAM, as far as it is read here: no conditions, no principals. */
export interface RamPolicy {
  readonly Version: '1';
  readonly Statement: readonly {
    readonly Effect: 'Allow' | 'Deny';
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}

/** A policy of a control request. */
export function readPolicy(value: unknown): RamPolicy {
  const { Statement } = (value ?? {}) as Partial<RamPolicy>;
  const isText = (each: unknown) =>
    typeof each === 'string' || (Array.isArray(each) && each.every((one) => typeof one === 'string'));
  const isStatement = (each: RamPolicy['Statement'][number]) =>
    ['Allow', 'Deny'].includes(each?.Effect) && isText(each.Action) && isText(each.Resource);
  if (!Array.isArray(Statement) || !Statement.every(isStatement))
    throw new Error('"policy" must be a RAM policy: {"Statement":[{"Effect","Action","Resource"}]}');
  return { Version: '1', Statement };
}

/** Denied is what no statement allows, and what one denies. */
export function allows({ Statement }: RamPolicy, action: string, resource: string): boolean {
  const fitting = Statement.filter(
    (statement) =>
      listOf(statement.Action).some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase())) &&
      listOf(statement.Resource).some((pattern) => fits(pattern, resource)),
  );
  return fitting.length > 0 && fitting.every(({ Effect }) => Effect === 'Allow');
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** `*` stands for any text, `?` for one sign. */
function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
