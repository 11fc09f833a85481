import {
  DeniedError,
  ExpiredError,
  ForbiddenError,
  NotFoundError,
  ServiceError,
  TransportError,
} from '../../provider/alicloud/answers/errors.js';
import { SERVICES } from '../../provider/alicloud/sending/services.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { saysNotAttached } from '../../provider/imm/bucket-attachment/attachments.js';
import { type ResourceDescription, titleOf } from '../../provider/lifecycle/description.js';
import { usedBy } from '../../provider/lifecycle/used-by.js';
import { readingCall } from './calls.js';
import type { Check } from './check.js';
import type { Context } from './context.js';
import { type Finding, ok, problem, skip, warning } from './finding.js';

/** What is known of one reading call. */
interface Verdict {
  readonly is: 'permitted' | 'denied' | 'refused' | 'unclear' | 'unasked';
  readonly ram: string;
  readonly why: string;
  readonly advice: string;
}

const WORDS: Readonly<Record<Verdict['is'], string>> = {
  denied: 'denied:',
  refused: 'refused:',
  unclear: 'not clear:',
  permitted: 'permitted:',
  unasked: 'not asked:',
};

/** One for each resource: it asks what the resource reads, and nothing else. */
export const permissionChecks: readonly Check[] = LIFECYCLES.map(({ description }) => ({
  name: titleOf(description),
  description: `May the caller read what ${titleOf(description)} reads? No call that changes something is sent.`,
  async run(context) {
    const { reads } = description.calls;
    return findingOf(await Promise.all(reads.map((action) => verdictOn(action, description, context))));
  },
}));

async function verdictOn(
  action: string,
  description: ResourceDescription,
  context: Context,
): Promise<Verdict> {
  const ram = `${description.service}:${action}`;
  const told = (is: Verdict['is'], why = '', advice = ''): Verdict => ({ is, ram, why, advice });
  const asking = readingCall(description.service, action, context.asked);
  if ('lacks' in asking)
    return told('unasked', 'it needs a name', `Give ${asking.lacks} NAME, one that exists or will.`);
  const outcome = await context.services.ask(asking.call);
  if (outcome.is === 'unasked') return told('unasked', outcome.why);
  if (outcome.is === 'done') return told('permitted');
  const { error } = outcome;
  if (error instanceof TransportError)
    return told('unasked', `${SERVICES[error.service].title} gave no answer`);
  if (!(error instanceof ServiceError))
    return told('unasked', error instanceof Error ? error.message : 'it could not be sent');
  // Whoever may not look is not told that nothing is there.
  if (error instanceof NotFoundError || saysNotAttached(error)) return told('permitted');
  const why = `${error.code}, RequestId ${error.requestId ?? 'not given'}`;
  if (error instanceof ForbiddenError) return told('denied', why, await allow(ram, description, context));
  const isRefused = error instanceof DeniedError || error instanceof ExpiredError;
  return told(isRefused ? 'refused' : 'unclear', error.message, error.hint);
}

async function allow(ram: string, { ramActions }: ResourceDescription, { asked, services }: Context) {
  const { configuration } = services;
  const account = await services.account();
  const known: Readonly<Record<string, string | undefined>> = {
    region: configuration instanceof Error ? undefined : configuration.region?.value,
    accountId: account.is === 'known' ? account.account : undefined,
    projectName: asked.project,
    datasetName: asked.dataset,
  };
  const needed = ramActions.find(({ action }) => action === ram);
  const filled = (needed?.resource ?? '*').replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '*');
  return `Allow ${ram} on ${filled} to the caller in RAM${needed === undefined ? '' : ` (for ${usedBy(needed)})`}.`;
}

/** The worst counts. */
function findingOf(verdicts: readonly Verdict[]): Finding {
  const of = (is: Verdict['is']) => verdicts.filter((verdict) => verdict.is === is);
  const said = Object.entries(WORDS)
    .flatMap(([is, words]) => {
      const some = of(is as Verdict['is']);
      return [...new Set(some.map(({ why }) => why))].map((why) => {
        const rams = some.filter((verdict) => verdict.why === why).map(({ ram }) => ram);
        return `${words} ${rams.join(', ')}${why === '' ? '' : ` (${why})`}`;
      });
    })
    .join('; ');
  const advice = [...new Set(verdicts.map((verdict) => verdict.advice))];
  if (of('denied').length + of('refused').length > 0) return problem(said, ...advice);
  if (of('unclear').length > 0) return warning(said, ...advice);
  return of('unasked').length > 0 ? skip(said, ...advice) : ok(said);
}
