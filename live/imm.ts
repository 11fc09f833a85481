import { datasetBinding } from '../provider/imm/dataset-binding/dataset-binding.js';
import { ParentMissingError } from '../provider/lifecycle/failures.js';
import { type LiveSession, type Outcome, said, seconds } from './session.js';

const imm = (action: string, params: Record<string, string | number>) =>
  ({ service: 'imm', action, params }) as const;

interface Place {
  readonly project: string;
  readonly dataset: string;
  readonly second: string;
  readonly uri: string;
}

/** Questions 1, 2, 6 and the one of IMM in 5, in a project of their own. */
export async function askImm(session: LiveSession, suffix: string): Promise<void> {
  const { bucket } = session.settings;
  const place: Place = {
    project: session.names.name(`media-live-${suffix}`, 'project'),
    dataset: session.names.name(`first-${suffix}`, 'dataset'),
    second: session.names.name(`second-${suffix}`, 'second dataset'),
    uri: `oss://${bucket}`,
  };
  await askWords(session, place, 'project', '2a');
  await makeContainer(session, 'Project', { ProjectName: place.project });
  await askWords(session, place, 'dataset', '2b');
  for (const name of [place.dataset, place.second])
    await makeContainer(session, 'Dataset', { ProjectName: place.project, DatasetName: name });
  await askWords(session, place, 'binding', '2c');

  const pair = { ProjectName: place.project, DatasetName: place.dataset, URI: place.uri };
  const remove = imm('DeleteBinding', pair);
  session.answer('1b', said(await session.ask('1b', 'a pair that is not bound', remove)));
  await session.ask('1b', 'a dataset without bindings', imm('ListBindings', listOf(place)));

  const made = await makeBinding(session, place, place.dataset);
  const shown = await session.ask('2.2a', 'a pair that is bound', imm('GetBinding', pair));
  session.answer('1e', sayTimes(made, shown));
  await session.ask('2.2a', 'a pair that is bound', imm('ListBindings', listOf(place)));
  session.answer('2.2a', await untilRunning(session, pair));
  session.answer('1a', said(await session.ask('1a', 'a pair that is bound', imm('CreateBinding', pair))));
  session.answer('2.2b', said(await makeBinding(session, place, place.second, '2.2b')));
  const ofProject = imm('ListBindings', { ProjectName: place.project, MaxResults: 200 });
  session.answer('2.1', sayShown(place, await session.ask('2.1', 'no dataset', ofProject)));
  await session.ask('1c', 'a pair that is bound', remove);
  await askAfterDelete(session, place, pair);
  await flood(session, place);
  const dataset = { ProjectName: place.project, DatasetName: place.dataset };
  session.answer(
    '6a',
    said(await session.ask('6a', 'a dataset with a binding', imm('DeleteDataset', dataset))),
  );
  await askIndexEntry(session, place);
}

const listOf = ({ project, dataset }: Place) => ({
  ProjectName: project,
  DatasetName: dataset,
  MaxResults: 200,
});

async function askWords(
  session: LiveSession,
  place: Place,
  missing: string,
  question: '2a' | '2b' | '2c',
): Promise<void> {
  const get = imm('GetBinding', { ProjectName: place.project, DatasetName: place.dataset, URI: place.uri });
  session.answer(question, said(await session.ask(question, `a missing ${missing}`, get)));
  // What the provider asks next, where those words do not say what is missing.
  await session.ask(question, `a missing ${missing}`, imm('ListBindings', listOf(place)));
}

async function makeContainer(
  session: LiveSession,
  kind: 'Project' | 'Dataset',
  params: Record<string, string>,
): Promise<void> {
  const what = `IMM ${kind.toLowerCase()} ${Object.values(params).join('/')} in ${session.settings.region}`;
  session.undo.add(what, () => removeContainer(session, kind, params));
  const made = await session.ask('2a', `making a ${kind.toLowerCase()}`, imm(`Create${kind}`, params));
  if (made.code !== undefined) {
    if (made.refused) session.undo.forget(what);
    throw new Error(`Create${kind} was refused: ${said(made)}`);
  }
}

/** What hangs on it may take a while to be gone. */
async function removeContainer(
  session: LiveSession,
  kind: string,
  params: Record<string, string>,
): Promise<void> {
  const operation = session.removal();
  let refusal = '';
  await operation.until(`Delete${kind}`, async (saw) => {
    try {
      await operation.request({ ...imm(`Delete${kind}`, params), region: session.settings.region });
      return true;
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
      saw(refusal);
      return /: ResourceNotFound: /.test(refusal) ? true : undefined;
    }
  });
}

async function makeBinding(
  session: LiveSession,
  place: Place,
  dataset: string,
  question: '2.2a' | '2.2b' | '1d' = '2.2a',
): Promise<Outcome> {
  const { region } = session.settings;
  const what = `IMM binding ${region}/${place.project}/${dataset}/${place.uri}`;
  session.undo.add(what, () => removeBinding(session, place, dataset));
  const params = { ProjectName: place.project, DatasetName: dataset, URI: place.uri };
  const probe = question === '2.2b' ? 'a bucket that is bound to another dataset' : 'a new pair';
  const made = await session.ask(question, probe, imm('CreateBinding', params));
  if (made.refused) session.undo.forget(what);
  if (made.code !== undefined && question === '2.2a')
    throw new Error(`CreateBinding was refused: ${said(made)}`);
  return made;
}

function sayTimes(made: Outcome, shown: Outcome): string {
  const [replied, read] = [made, shown].map(
    ({ body }) => (body.Binding as { CreateTime?: unknown })?.CreateTime,
  );
  if (typeof replied !== 'string' || typeof read !== 'string') return 'not in both replies';
  return replied === read ? 'the same' : `another: ${Date.parse(read) - Date.parse(replied)} ms later`;
}

function sayShown(place: Place, listed: Outcome): string {
  const { Bindings } = listed.body;
  if (!Array.isArray(Bindings)) return said(listed);
  const shown = (dataset: string) => Bindings.filter(({ DatasetName }) => DatasetName === dataset).length;
  return `${shown(place.dataset)} of the first dataset, ${shown(place.second)} of the second, ${Bindings.length} rows`;
}

/** By the provider's own lifecycle. A binding whose dataset is gone has nothing to hang on. */
async function removeBinding(session: LiveSession, { project, uri }: Place, dataset: string): Promise<void> {
  const link = { region: session.settings.region, projectName: project, datasetName: dataset, uri };
  try {
    await datasetBinding.delete(link, session.removal());
  } catch (error) {
    if (!(error instanceof ParentMissingError)) throw error;
  }
}

async function untilRunning(session: LiveSession, pair: Record<string, string>): Promise<string> {
  let state = '';
  const took = await session.watch(async () => {
    state = stateOf(await session.ask('2.2a', 'a new binding', imm('GetBinding', pair)));
    return state === 'Running' || state === 'Failed';
  });
  return `${state} after ${seconds(took)}`;
}

function stateOf({ body }: Outcome): string {
  const { State } = (body.Binding ?? {}) as { State?: unknown };
  return typeof State === 'string' ? State : '';
}

/** What GetBinding shows from the delete on, and then how long the same pair may not be made. */
async function askAfterDelete(
  session: LiveSession,
  place: Place,
  pair: Record<string, string>,
): Promise<void> {
  const seen: string[] = [];
  await session.watch(async () => {
    const outcome = await session.ask('1c', 'a pair just deleted', imm('GetBinding', pair));
    const now = outcome.code ?? `State ${stateOf(outcome)}`;
    if (seen.at(-1) !== now) seen.push(now);
    return outcome.code !== undefined || stateOf(outcome) === 'Deleted';
  });
  await session.ask('1c', 'a pair just deleted', imm('ListBindings', listOf(place)));
  session.answer('1c', seen.join(', then '));
  const refusals = new Set<string>();
  const took = await session.watch(async () => {
    const text = said(await makeBinding(session, place, place.dataset, '1d'));
    if (text !== 'success') refusals.add(text);
    return text === 'success';
  });
  session.answer('1d', `${seconds(took)}${[...refusals].map((text) => `, refused with ${text}`).join('')}`);
}

async function flood(session: LiveSession, place: Place): Promise<void> {
  const get = imm('ListBindings', listOf(place));
  for (let round = 0; round < 3; round++) {
    const throttled = await session.flood('5c', 'above the limit', get, 250);
    if (throttled) return session.answer('5c', said(throttled));
  }
  session.answer('5c', 'three bursts of 250 requests were not throttled');
}

/** The object has to be in the bucket; nothing is asked without one. */
async function askIndexEntry(session: LiveSession, place: Place): Promise<void> {
  const { object } = session.settings;
  if (object === undefined)
    return session.answer('6b', 'not asked: ALICLOUD_MEDIA_LIVE_OBJECT names no object in the bucket');
  const dataset = { ProjectName: place.project, DatasetName: place.second };
  const uri = `${place.uri}/${session.names.name(object, 'object')}`;
  session.undo.add(`IMM index entry ${uri} of ${place.project}/${place.second}`, async () => {
    await session
      .removal()
      .request({ ...imm('DeleteFileMeta', { ...dataset, URI: uri }), region: session.settings.region });
  });
  const made = await session.ask(
    '6b',
    'making an index entry',
    imm('CreateFileMeta', { ...dataset, File: JSON.stringify({ URI: uri }) }),
  );
  if (made.refused) {
    session.undo.forget(`IMM index entry ${uri} of ${place.project}/${place.second}`);
    return session.answer('6b', `not asked: CreateFileMeta was refused: ${said(made)}`);
  }
  // No binding may be left, or the refusal says nothing about the entry.
  await removeBinding(session, place, place.second);
  session.answer(
    '6b',
    said(await session.ask('6b', 'a dataset with an index entry', imm('DeleteDataset', dataset))),
  );
}
