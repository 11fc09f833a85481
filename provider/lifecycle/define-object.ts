import { NotFoundError } from '../alicloud/answers/errors.js';
import type { Reply } from '../alicloud/answers/reply.js';
import type { Request } from '../alicloud/sending/wire.js';
import { another } from './another.js';
import { defineLink, type Updating } from './define-link.js';
import type { ArgDescription, InputsOf, ResourceDescription } from './description.js';
import { sayDuration } from './duration.js';
import type { Evidence } from './evidence.js';
import type { Holdings } from './holdings.js';
import { idOf } from './ids.js';
import type { Lifecycle, Properties } from './lifecycle.js';
import type { Operation } from './operation.js';
import { standingOf, timeIn } from './standing.js';
import { isSameValue, type Row, readValue, rowIn, shownValue, wireValue } from './values.js';

/** What one kind of object adds to what its description says. */
export interface ObjectKind<D extends ResourceDescription> {
  /** The action that shows one. */
  readonly get: string;
  /** The field of the answers that holds it: `Project`. */
  readonly field: string;
  /** All that exist within what it hangs on. */
  list(operation: Operation, within: Properties): Promise<readonly Row[]>;
  /** What a not-found of `get` says; absent where nothing but the object can be what was not found. */
  missing?(operation: Operation, inputs: InputsOf<D>, error: NotFoundError): Promise<Evidence<Row>>;
  /** What keeps the service from deleting it. */
  holds(operation: Operation, inputs: InputsOf<D>): Promise<Holdings>;
  clear?(operation: Operation, outputs: InputsOf<D>, holdings: Holdings): Promise<boolean>;
}

/** The service says that an update takes up to five minutes to show (api-facts.md §2.7). */
const SHOWN_AFTER = 5 * 60_000;

/** An object that is made, shown, updated and deleted by its names. */
export function defineObject<const D extends ResourceDescription>(
  description: D,
  kind: ObjectKind<D>,
): Lifecycle {
  const { calls, service } = description;
  const args = Object.entries<ArgDescription>(description.args).filter(([, { wire }]) => wire !== undefined);
  const changing = args.filter(([, { updates }]) => updates);

  /** A request about the one of these names, with these other arguments. */
  function requestOf(action: string, inputs: Properties, sent: readonly string[] = []): Request {
    const params = args.flatMap(([name, arg]) => {
      const isSent = arg.replaces === true || sent.includes(name);
      const value = isSent ? (inputs[name] ?? (arg.replaces ? undefined : arg.reset)) : undefined;
      return value === undefined ? [] : [[arg.wire, wireValue(arg, value)] as const];
    });
    const request = { service, region: String(inputs.region), action, params: Object.fromEntries(params) };
    return action === kind.get ? request : { ...request, changes: idOf(description, inputs) };
  }

  function rowOf(body: Reply, inputs: Properties): Row | undefined {
    const row = rowIn(body, kind.field, requestOf(kind.get, inputs).params);
    return typeof row?.CreateTime === 'string' ? row : undefined;
  }

  const shows = (inputs: Properties) => ({ answers: (body: Reply) => rowOf(body, inputs) !== undefined });

  async function look(operation: Operation, inputs: InputsOf<D>): Promise<Evidence<Row>> {
    try {
      const { body } = await operation.request({ ...requestOf(kind.get, inputs), ...shows(inputs) });
      return { is: 'present', found: rowOf(body, inputs) as Row };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return (await kind.missing?.(operation, inputs, error)) ?? { is: 'absent' };
    }
  }

  /** Whether a row shows an argument, and another value of it. */
  const differs = (arg: ArgDescription, row: Row, value: unknown): boolean => {
    const shown = shownValue(arg, row);
    return shown !== undefined && !isSameValue(arg, shown, value);
  };
  const differing = (row: Row, said: Properties) =>
    changing.filter(([name, arg]) => said[name] !== undefined && differs(arg, row, said[name]));

  const updating: Updating<Row> = {
    differing: (row, inputs) => differing(row, inputs).map(([name]) => name),
    send: (operation, inputs, sent, sending) =>
      operation.send(requestOf(calls.update ?? '', inputs, sent), sending),
  };

  return defineLink<D, Row>(description, {
    link: (operation, inputs) => ({
      hasIdentity: true,
      showsItsEnd: false,
      look: () => look(operation, inputs),
      async make(sending) {
        const sent = changing
          .map(([name]) => name)
          .filter((name) => inputs[name as keyof typeof inputs] !== undefined);
        const request = { ...requestOf(calls.make, inputs, sent), ...shows(inputs) };
        return rowOf((await operation.send(request, sending)).body, inputs);
      },
      remove: (sending) => operation.send(requestOf(calls.remove, inputs), sending),
      madeAt: ({ CreateTime }) => timeIn(CreateTime),
      show: () => 'still there',
      holds: () => kind.holds(operation, inputs),
      ...(kind.clear && {
        clear: (holdings) => kind.clear?.(operation, inputs, holdings) ?? Promise.resolve(false),
      }),
    }),

    observed(row, outputs, operation) {
      const { updated } = standingOf(outputs);
      const createTime = outputs.createTime ?? row.CreateTime;
      const young = updated === undefined ? 0 : updated + SHOWN_AFTER - operation.serviceNow();
      const drifted = differing(row, outputs);
      if (drifted.length > 0 && young > 0) {
        const which = drifted.map(([name]) => name).join(', ');
        operation.say(
          'info',
          `${operation.subject}: ${which} updated a moment ago, and the service may show what was before for ` +
            `${sayDuration(young)} longer: what was written is kept.`,
        );
        return { createTime };
      }
      return {
        createTime,
        ...Object.fromEntries(drifted.map(([name, arg]) => [name, shownValue(arg, row)])),
      };
    },

    argsOf: (row) =>
      Object.fromEntries(
        changing
          .filter(([, arg]) => differs(arg, row, arg.reset))
          .map(([name, arg]) => [name, shownValue(arg, row), arg] as const)
          // What the service was asked to raise above the documented range no program can say: it stays as it is.
          .filter(([, value, arg]) => !isEmpty(value) && readValue(arg, value) !== undefined),
      ),

    async list(operation, within) {
      const rows = await kind.list(operation, within);
      const names = args.filter(([, { replaces }]) => replaces);
      const namesOf = (row: Row) =>
        Object.fromEntries(names.map(([name, { wire = '' }]) => [name, row[wire]]));
      return { rows: rows.map((row) => [{ ...within, ...namesOf(row) }, row] as const), isComplete: true };
    },

    another: ({ CreateTime }, outputs) => another(outputs, `one of the same name was created ${CreateTime}`),

    updating,
  });
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}
