import { outputBucket } from '../provider/mps/output-bucket.js';
import { type LiveSession, said, seconds } from './session.js';

const mts = (action: string, params: Record<string, string | number>) =>
  ({ service: 'mts', action, params }) as const;
const list = (size: number, token = '') =>
  mts('ListAllMediaBucket', { MaximumPageSize: size, ...(token && { NextPageToken: token }) });

/** Questions 3, 4 and the one of MPS in 5. Registers only buckets that a look proved not to be registered. */
export async function askMps(session: LiveSession, suffix: string): Promise<void> {
  const { bucket, foreignBucket } = session.settings;
  await refuseRegistered(session, [
    bucket,
    ...(foreignBucket ? [foreignBucket] : []),
    ...session.settings.moreBuckets,
  ]);
  session.answer(
    '3a',
    said(
      await session.ask(
        '3a',
        'a bucket that is not registered',
        mts('UnbindOutputBucket', { Bucket: bucket }),
      ),
    ),
  );
  await session.ask('3a', 'a bucket that is not registered', list(100));

  const bound = await bind(session, bucket, '4c', 'a new bucket');
  if (bound !== 'success') throw new Error(`BindOutputBucket was refused: ${bound}`);
  session.answer('4c', seconds(await session.watch(async () => (await listed(session, '4c')).has(bucket))));
  session.answer(
    '3b',
    said(await session.ask('3b', 'a bucket that is registered', mts('BindOutputBucket', { Bucket: bucket }))),
  );
  await session.ask('3b', 'a bucket that is registered', list(100));

  const missing = session.names.name(`media-live-missing-${suffix}`, 'missing bucket');
  session.answer('3c', await bind(session, missing, '3c', 'a bucket that does not exist'));
  session.answer(
    '3d',
    foreignBucket === undefined
      ? 'not asked: ALICLOUD_MEDIA_LIVE_FOREIGN_BUCKET names no bucket of another region'
      : await bind(session, foreignBucket, '3d', 'a bucket in another region'),
  );
  await askListing(session);
  await flood(session);
  await session.ask('4d', 'a bucket that is registered', mts('UnbindOutputBucket', { Bucket: bucket }));
  session.answer('4d', seconds(await session.watch(async () => !(await listed(session, '4d')).has(bucket))));
}

/** The removal at the end would take away what somebody else registered. */
async function refuseRegistered(session: LiveSession, buckets: readonly string[]): Promise<void> {
  const registered = await listed(session, '4a');
  const taken = buckets.filter((bucket) => registered.has(bucket));
  if (taken.length > 0)
    throw new Error(`${taken.join(', ')}: registered with MPS already. Name buckets that are not.`);
  if (registered.size === 100)
    throw new Error(
      'The listing of MPS shows 100 buckets and may be cut off, so nothing tells which are registered.',
    );
}

async function bind(
  session: LiveSession,
  bucket: string,
  question: '3c' | '3d' | '4a' | '4c',
  probe: string,
): Promise<string> {
  const { region } = session.settings;
  const what = `MPS output bucket ${region}/${bucket}`;
  session.undo.add(what, () => outputBucket.delete({ region, bucket }, session.removal()));
  const outcome = await session.ask(question, probe, mts('BindOutputBucket', { Bucket: bucket }));
  if (outcome.refused) session.undo.forget(what);
  return said(outcome);
}

/** Every bucket of every type, for an own one may be registered for input too. */
async function listed(session: LiveSession, question: '4a' | '4c' | '4d', size = 100): Promise<Set<string>> {
  const buckets = new Set<string>();
  const tokens = new Set<string>();
  for (let token = ''; ; ) {
    const { body, code, text } = await session.ask(question, 'the whole listing', list(size, token));
    if (code !== undefined) throw new Error(`ListAllMediaBucket was refused: ${code}: ${text}`);
    for (const name of namesIn(body)) buckets.add(name);
    const next = body.NextPageToken;
    if (typeof next !== 'string' || next === '' || tokens.has(next)) return buckets;
    tokens.add(next);
    token = next;
  }
}

function namesIn(body: Readonly<Record<string, unknown>>): string[] {
  const { MediaBucketList } = body as {
    MediaBucketList?: { MediaBucket?: { Bucket?: unknown; Type?: unknown }[] };
  };
  return (MediaBucketList?.MediaBucket ?? [])
    .filter(({ Type }) => Type === 'Output')
    .map(({ Bucket }) => String(Bucket));
}

async function askListing(session: LiveSession): Promise<void> {
  for (const bucket of session.settings.moreBuckets) {
    session.names.name(bucket, 'more');
    const bound = await bind(session, bucket, '4a', 'one of many buckets');
    if (bound !== 'success') throw new Error(`BindOutputBucket of ${bucket} was refused: ${bound}`);
  }
  const { size } = await listed(session, '4a');
  const own = session.settings.moreBuckets.length + 1;
  if (size > 100) session.answer('4a', `yes: ${size} rows`);
  else if (own > 100) session.answer('4a', `no: ${size} rows are shown and ${own} more were just registered`);
  else
    session.answer('4a', `not asked: ${size} rows; ALICLOUD_MEDIA_LIVE_MORE_BUCKETS has to name 100 buckets`);

  const tokenOf = async () =>
    (await session.ask('4b', 'the first page of one row', list(1))).body.NextPageToken;
  const [first, second] = [await tokenOf(), await tokenOf()];
  if (first === undefined || first === '') session.answer('4b', 'no token is given with a page of one row');
  else session.answer('4b', first === second ? 'the same' : 'another one each time');
}

async function flood(session: LiveSession): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const throttled = await session.flood('5d', 'above the limit', list(1), 40);
    if (throttled) return session.answer('5d', said(throttled));
  }
  session.answer('5d', 'three bursts of 40 requests were not throttled');
}
