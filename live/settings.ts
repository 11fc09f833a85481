import { type Configuration, readConfiguration } from '../provider/alicloud/configuration/configuration.js';

/** What a run works with: read before anything is sent. */
export interface LiveSettings {
  /** `emulator` wherever the endpoints are on this machine: such a run has seen nothing live. */
  readonly source: 'live' | 'emulator';
  readonly configuration: Configuration;
  readonly region: string;
  /** An OSS bucket in the region, best an empty one. */
  readonly bucket: string;
  /** An OSS bucket in another region. */
  readonly foreignBucket: string | undefined;
  /** OSS buckets in the region; with more than 100 the end of a listing shows. */
  readonly moreBuckets: readonly string[];
  /** The key of an object in the bucket. */
  readonly object: string | undefined;
  /** Credentials of a user without any permission. */
  readonly denied: Configuration | undefined;
}

const SWITCH = 'ALICLOUD_MEDIA_LIVE';
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

export const SKIPPED = `The live test is skipped: it runs against the real cloud, only with ${SWITCH}=1 and credentials (npm run live).`;

/** The settings of the environment; undefined where nobody asked for a live run. Throws with every problem at once. */
export function readSettings(environment: NodeJS.ProcessEnv): LiveSettings | undefined {
  if (environment[SWITCH] !== '1') return undefined;
  const configuration = readConfiguration(() => undefined, environment);
  const problems: string[] = [];
  const bucketsOf = (name: string): string[] => {
    const names = (environment[`${SWITCH}_${name}`] ?? '').split(',').filter((part) => part !== '');
    for (const wrong of names.filter((part) => !BUCKET.test(part)))
      problems.push(`${SWITCH}_${name}: ${JSON.stringify(wrong)} is no name of an OSS bucket.`);
    return names;
  };
  const [bucket = '', ...further] = bucketsOf('BUCKET');
  if (bucket === '' || further.length > 0)
    problems.push(`${SWITCH}_BUCKET must name one OSS bucket of the region, best an empty one.`);
  const region = configuration.region?.value;
  if (region === undefined) problems.push('No region is set: ALICLOUD_REGION=<region>.');
  const [foreignBucket] = bucketsOf('FOREIGN_BUCKET');
  const moreBuckets = bucketsOf('MORE_BUCKETS');
  const source = sourceOf(configuration);
  if (source === undefined) problems.push('Some endpoints are on this machine and some are not.');
  if (problems.length > 0 || region === undefined || source === undefined)
    throw new Error(problems.join('\n'));
  const profile = environment[`${SWITCH}_DENIED_PROFILE`];
  return {
    source,
    configuration,
    region,
    bucket,
    foreignBucket,
    moreBuckets,
    object: environment[`${SWITCH}_OBJECT`] || undefined,
    denied: profile
      ? readConfiguration((key) => (key === 'alicloud:profile' ? profile : undefined), environment)
      : undefined,
  };
}

function sourceOf({ endpoints }: Configuration): LiveSettings['source'] | undefined {
  const here = (['imm', 'mts', 'sts'] as const).filter((service) =>
    endpoints[service]?.url.startsWith('http://'),
  );
  if (here.length === 0) return 'live';
  return here.length === 3 ? 'emulator' : undefined;
}
