import { SERVICES } from '../alicloud/sending/services.js';
import type { Answer } from '../alicloud/sending/wire.js';
import { checkArgs } from './check.js';
import { type InputsOf, type ResourceDescription, titleOf } from './description.js';
import { diffArgs, replaceFor } from './diff.js';
import { HalfMadeError } from './failures.js';
import { findLink } from './find-link.js';
import { adoptedBy, idOf, inputsOf } from './ids.js';
import type { DiffResult, Lifecycle, Properties } from './lifecycle.js';
import type { Link } from './link.js';
import { type Listable, listLinks } from './list-links.js';
import { makeLink } from './make-link.js';
import type { Operation } from './operation.js';
import { outputsIn } from './outputs.js';
import { removeLink } from './remove-link.js';
import { sayRemoved } from './removed.js';
import { type Sending, unlessFresh } from './sending.js';
import { doubtOf, keeping, standingOf } from './standing.js';
import { isSameValue } from './values.js';

const REFRESH = 'Run `pulumi refresh`, then `pulumi up` makes it anew.';

/** What one kind of link adds to the lifecycle that all have. */
export interface LinkKind<D extends ResourceDescription, T> extends Listable<T> {
  /** How one of these inputs is seen, made and removed. */
  link(operation: Operation, inputs: InputsOf<D>): Omit<Link<T>, 'title' | 'id' | 'adoptedBy'>;
  /**
   * What tells of one that was found, besides the arguments that name it. `outputs` are those of the state: none for one
   * that was just made, or of which only the id is known.
   */
  observed(found: T, outputs: Properties, operation: Operation): Properties;
  /** How it is changed in place. */
  readonly updating?: Updating<T>;
  /** Which one of the same name is there, where it is not the one that the state means. */
  another?(found: T, outputs: Properties): string;
  /** What a look says that can tell neither that it is there nor that it is not. */
  readonly unseen?: string;
  /** The output whose value alone makes a replacement. */
  failed?(outputs: Properties): string | undefined;
  /** What is waited for once it is made. */
  readonly settling?: {
    /** Gives the outputs when the wait is over; keeps it in the state where that fails. */
    settle(operation: Operation, properties: Properties, made: T): Promise<Properties>;
    isSettled(found: T, inputs: Properties): boolean;
  };
}

/** How something that exists is changed in place. */
export interface Updating<T> {
  /** The arguments in which one that was found differs from what is wanted. */
  differing(found: T, inputs: Properties): readonly string[];
  /** Sends these arguments, once; undefined is what the service fills in. */
  send(operation: Operation, inputs: Properties, names: readonly string[], sending: Sending): Promise<Answer>;
}

/** A link: it is looked for before it is made, and nothing of it can be changed. */
export function defineLink<D extends ResourceDescription, T>(
  description: D,
  kind: LinkKind<D, T>,
): Lifecycle {
  const linkOf = (operation: Operation, properties: Properties): Link<T> => {
    const id = idOf(description, properties);
    const own = { title: titleOf(description), id, adoptedBy: adoptedBy(description, id) };
    return { ...own, ...kind.link(operation, properties as InputsOf<D>) };
  };

  /** Makes it, or finds what a create in doubt has made. */
  async function bring(operation: Operation, properties: Properties): Promise<Properties> {
    const { adopt, accountId } = properties as { readonly adopt?: boolean; readonly accountId?: string };
    const link = { ...linkOf(operation, properties), account: accountId, adopt: adopt === true, properties };
    const made = await makeLink<T>(operation, link);
    if (kind.settling) return kind.settling.settle(operation, properties, made);
    const { claim } = standingOf(properties);
    const outputs = { ...properties, ...kind.observed(made, {}, operation) };
    // One that was taken over is as somebody else made it.
    const names = kind.updating?.differing(made, properties) ?? [];
    if (names.length === 0) return keeping(outputs, { claim });
    return change(operation, outputs, { outputs: keeping(outputs, { claim }), names }).catch(
      (error: Error) => {
        throw new HalfMadeError(link.id, keeping({ ...outputs, ...unsent(names) }, { claim }), error);
      },
    );
  }

  /** Changes these arguments of the one that the outputs mean, and of no other. */
  async function change(
    operation: Operation,
    next: Properties,
    { outputs, names }: { readonly outputs: Properties; readonly names: readonly string[] },
  ): Promise<Properties> {
    const link = linkOf(operation, next);
    const mustBeOurs = async () => {
      const seen = await findLink(operation, link, outputs);
      if (seen.is === 'theirs')
        throw new Error(`it is gone. ${kind.another?.(seen.found, outputs)} Nothing was sent. ${REFRESH}`);
      if (seen.is !== 'ours') throw new Error(`it is gone. ${REFRESH}`);
    };
    await operation.retrying(async (tries) => {
      await mustBeOurs();
      return kind.updating?.send(operation, next, names, {
        tries,
        before: unlessFresh(operation, mustBeOurs),
      });
    });
    const { claim } = standingOf(outputs);
    return keeping(next, { claim, updated: operation.serviceNow() });
  }

  const lifecycle: Lifecycle = {
    description,

    check: (news, context, olds) => checkArgs(lifecycle, news, context, olds),

    diff(outputs, news): DiffResult {
      const diff = diffArgs(description, outputs, news);
      const failed = kind.failed?.(outputs);
      return failed !== undefined && diff.replaces.length === 0 ? replaceFor(failed) : diff;
    },

    idOf: (inputs) => idOf(description, inputs),

    inputsOf: (id) => inputsOf(description, id),

    async create(inputs, operation) {
      const accountId = await operation.account();
      const properties = { ...inputs, ...(accountId && { accountId }) };
      return { id: idOf(description, inputs), outputs: await bring(operation, properties) };
    },

    async read(inputs, outputs, operation) {
      const link = linkOf(operation, inputs);
      const { title, id } = link;
      const accountId = await operation.requireAccount(outputs.accountId);
      const seen = await findLink(operation, link, outputs);
      const { claim, unfinished, updated } = standingOf(outputs);
      const kept = { ...inputs, ...(accountId && { accountId }) };
      // An id alone: nothing says that there ever was one.
      const isKnown = Object.keys(description.outputs).some((name) => name in outputs);
      if (seen.is === 'ours') {
        const isWaiting = unfinished !== undefined && kind.settling?.isSettled(seen.found, inputs) === false;
        const imported = isKnown ? {} : kind.argsOf?.(seen.found);
        const now: Properties = {
          ...kept,
          ...imported,
          ...kind.observed(seen.found, outputs, operation),
        };
        // What the service changed of what the program says is drift of both.
        const said = Object.keys({ ...inputs, ...imported });
        return {
          id,
          inputs: Object.fromEntries(
            said.filter((name) => now[name] !== undefined).map((name) => [name, now[name]]),
          ),
          outputs: keeping(now, { claim, unfinished: isWaiting ? 'waiting' : undefined, updated }),
        };
      }
      if (seen.is === 'theirs')
        operation.say(
          'warning',
          `${title} ${id}: gone. ${kind.another?.(seen.found, outputs)} It is not in this stack.`,
        );
      if (seen.is === 'theirs' || seen.is === 'gone') return undefined;
      if (!isKnown && doubtOf(outputs) === undefined) throw new Error(`${kind.unseen}.`);
      const why =
        seen.is === 'not known'
          ? 'it is there, and its create was cut off: it may be of it or of somebody else'
          : kind.unseen;
      const console = `the ${SERVICES[description.service].title} console`;
      operation.say('warning', `${title} ${id}: ${why}, so it is kept. Look it up in ${console}.`);
      const before = outputsIn(description, outputs);
      return { id, inputs, outputs: keeping({ ...before, ...kept }, { claim, unfinished }) };
    },

    async update(outputs, news, operation) {
      const accountId = await operation.requireAccount(outputs.accountId);
      const standing = standingOf(outputs);
      const next = { ...outputsIn(description, outputs), ...news, ...(accountId && { accountId }) };
      if (doubtOf(outputs) !== undefined) return bring(operation, keeping(next, standing));
      const names = Object.keys(description.args).filter((name) => {
        const arg = description.args[name];
        return arg?.updates && !isSameValue(arg, outputs[name], news[name]);
      });
      if (names.length > 0) return change(operation, next, { outputs, names });
      if (standing.unfinished !== 'waiting' || kind.settling === undefined)
        return keeping(next, { claim: standing.claim, updated: standing.updated });
      // The create was cut off while it waited; this goes on waiting.
      const seen = await findLink(operation, linkOf(operation, news), outputs);
      if (seen.is !== 'ours') throw new Error(`it is gone. ${REFRESH}`);
      return kind.settling.settle(operation, keeping(next, { claim: standing.claim }), seen.found);
    },

    async delete(outputs, operation) {
      const account = await operation.requireAccount(outputs.accountId);
      const link = linkOf(operation, outputs);
      const removed = await removeLink(operation, link, outputs);
      if (removed.is !== 'theirs') return sayRemoved(operation, description, link, account, removed);
      const text = `already gone. ${kind.another?.(removed.found, outputs)} That one was left alone.`;
      operation.say('warning', `${link.title} ${link.id}: ${text}`);
    },

    list: (within, operation) => listLinks(operation, within, { ...kind, linkOf }),
  };
  return lifecycle;
}

/** Outputs without what was not sent, so that the next `up` sends it. */
function unsent(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
