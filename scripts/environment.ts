import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET } from '../emulator/test-key.js';

/** Families of variables that lead to a real account, login, endpoint or stack. */
const families: readonly RegExp[] = [
  /^ALICLOUD_/i,
  /^ALIBABA_CLOUD_/i,
  /^ALIBABACLOUD_/i,
  /_ENDPOINT$/i,
  // PULUMI_ACCESS_TOKEN, and whatever else would change what the engine does (PULUMI_STACK, PULUMI_BACKEND_URL, …).
  /^PULUMI_(?!ALICLOUD_MEDIA_)/i,
];

export function isAccountVariable(name: string): boolean {
  return families.some((family) => family.test(name));
}

/** The environment without everything that leads to a real account; proxies stay. */
export function dropAccounts(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isAccountVariable(name)));
}

export interface Stage {
  /** A scratch folder: home, Pulumi's home and the state go into it. */
  readonly folder: string;
  /** The folder findToolchain() returned; without it PATH stays as it is. */
  readonly toolchain?: string | undefined;
  /** The emulator's address. Without one every call is refused, since nothing listens on port 1. */
  readonly url?: string | undefined;
  readonly region?: string | undefined;
}

/** An environment in which the CLI and the package can only meet the emulator. */
export function makeEnvironment(stage: Stage, from: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const home = join(stage.folder, 'home');
  const state = join(stage.folder, 'state');
  // The file backend and Pulumi's home must exist before the first command.
  for (const folder of [home, state]) mkdirSync(folder, { recursive: true });
  const url = stage.url ?? 'http://127.0.0.1:1';
  const kept = dropAccounts(from);
  return {
    ...kept,
    ...withoutProxyForLoopback(kept),
    PATH: [stage.toolchain, kept.PATH].filter((part) => part).join(delimiter),
    HOME: home,
    USERPROFILE: home,
    PULUMI_HOME: join(home, '.pulumi'),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: 'emulator only',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    ALIBABA_CLOUD_ACCESS_KEY_ID: TEST_ACCESS_KEY_ID,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: TEST_ACCESS_KEY_SECRET,
    ALIBABA_CLOUD_REGION: stage.region ?? 'cn-shanghai',
    // The rest of the credential chain is off, so that a missing pair fails instead of finding a real one.
    ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'true',
    ALIBABA_CLOUD_CREDENTIALS_FILE: join(home, 'no-credentials'),
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    ALIBABA_CLOUD_IMDSV1_DISABLED: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    IMM_ENDPOINT: url,
    MTS_ENDPOINT: url,
    STS_ENDPOINT: url,
  };
}

/** grpc-js sends even loopback calls through a proxy unless it is told not to. */
function withoutProxyForLoopback(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = env.no_proxy ?? env.NO_PROXY;
  const hosts = [own, '127.0.0.1', 'localhost'].filter((part) => part).join(',');
  return { NO_PROXY: hosts, no_proxy: hosts };
}
