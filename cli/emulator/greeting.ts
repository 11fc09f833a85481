import {
  type Emulator,
  type KeyPair,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../emulator/index.js';

/** What to type where Pulumi runs, so that every request goes to the emulator and none to the real services. */
export function greeting(
  emulator: Pick<Emulator, 'url' | 'region' | 'keys'>,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  const { url, region, keys } = emulator;
  const variables = {
    IMM_ENDPOINT: url,
    MTS_ENDPOINT: url,
    STS_ENDPOINT: url,
    ALIBABA_CLOUD_REGION: region,
    ...keyOf(keys),
  };
  const others = Object.keys(environment).filter(
    (name) => OTHERS.test(name) && !ITS_OWN.test(name) && !(name in variables),
  );
  const lines = [
    `This is an emulator, not Alibaba Cloud. It listens on ${url}`,
    `Control: ${url}/_emulator/health`,
    `To see and change what it does, in a browser: ${url}/_emulator/console`,
    'It knows the keys:',
    ...keys.map((key) => `  ${key.accessKeyId} (account ${key.account})`),
    'To use it, type all of these where Pulumi runs:',
    ...(others.length > 0 ? [`  ${without(others.sort(), platform)}`] : []),
    ...Object.entries(variables).map(([name, value]) => `  ${variable(name, value, platform)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a shell may have for the real services: another key, a token, a role or a region would win over what is typed. */
const OTHERS = /^(ALICLOUD|ALIBABA_CLOUD|ALIBABACLOUD)_(?!MEDIA_)/;
/** The emulator knows the pair that these held when it started. */
const ITS_OWN = /^ALIBABA_CLOUD_ACCESS_KEY_(ID|SECRET)$/;

/** The pair that stands in the documentation; any other is somebody's own, and its secret is not printed. */
function keyOf(keys: readonly KeyPair[]): Readonly<Record<string, string>> {
  const isTestPair = ({ accessKeyId, accessKeySecret }: KeyPair) =>
    accessKeyId === TEST_ACCESS_KEY_ID && accessKeySecret === TEST_ACCESS_KEY_SECRET;
  if (!keys.some(isTestPair)) return {};
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: TEST_ACCESS_KEY_ID,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: TEST_ACCESS_KEY_SECRET,
  };
}

function variable(name: string, value: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `$env:${name} = "${value}"` : `export ${name}=${value}`;
}

function without(names: readonly string[], platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? `Remove-Item ${names.map((name) => `Env:${name}`).join(', ')}`
    : `unset ${names.join(' ')}`;
}
