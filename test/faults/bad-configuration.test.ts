import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StepError } from '../../provider/hosts/step-error.js';
import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { BINDING } from '../support/links/links.js';

let world: LifecycleWorld;
let count = 0;

beforeAll(async () => {
  world = await LifecycleWorld.start();
});
afterAll(async () => {
  console.log(`${count} bad values of the configuration`);
  await world.close();
});

/** Whatever is given for a key, by a slip or on purpose. */
const HOSTILE: Readonly<Record<string, string>> = {
  empty: '',
  blank: '  ',
  'a control character': 'cn-\u0007shanghai',
  'a null byte': 'cn-shanghai\u0000',
  'a line break': 'cn-shanghai\nx',
  'a path': '../../etc/passwd',
  'another scheme': 'javascript:alert(1)',
  'upper case': 'CN-SHANGHAI',
  'a look-alike': 'cn-sh\u0430nghai',
  'an invisible character': 'cn-shang\u200bhai',
  'an expression': `\${alicloud:region}`,
  'a prototype key': '__proto__',
  'a negative number': '-1',
  'a huge number': '99999999999999999999999',
  'no number': 'NaN',
  'a null': 'null',
  'a list of null': '[null]',
  'a nested list': '[[{}]]',
  'JSON that is cut off': '{"imm":',
  'a prototype in JSON': '{"__proto__":{"imm":"http://127.0.0.1:1"}}',
  'the marker of an unknown value': UNKNOWN,
  'more than a name holds': 'a'.repeat(300),
};

/** What a key takes of these, since it takes any text, or any text of that kind. */
const ANY_TEXT = Object.keys(HOSTILE).filter(
  (what) =>
    ![
      'empty',
      'blank',
      'a control character',
      'a null byte',
      'a line break',
      'a look-alike',
      'an invisible character',
    ].includes(what),
);
const TAKES: Readonly<Record<string, readonly string[]>> = {
  'alicloud:region': [],
  // The fields of other services are passed over, whatever their names.
  'alicloud:endpoints': ['a prototype in JSON'],
  'alicloud:accountId': [],
  'alicloud:protocol': [],
  'alicloud:clientConnectTimeout': [],
  'alicloud:clientReadTimeout': [],
  'alicloud:assumeRole': [],
  'alicloud:assumeRoleWithOidc': [],
  'alicloud:ecsRoleName': [],
  'alicloud:credentialsUri': [],
  'alicloud-media:allowedAccountIds': [],
  'alicloud-media:skipRequestingAccountId': [],
  'alicloud-media:consistencyWindow': [],
  'alicloud-media:network': [],
  'alicloud-media:caFile': [],
  'alicloud-media:accessKey': [],
  'alicloud:access_key': [],
  // Up to 128 printable characters for a header.
  'alicloud:configurationSource': ANY_TEXT.filter((what) => what !== 'more than a name holds'),
  // Only the service knows whether a key is one.
  'alicloud:accessKey': ANY_TEXT,
  'alicloud:secretKey': ANY_TEXT,
  'alicloud:securityToken': ANY_TEXT,
};

/** Never shown, whatever stands in them. */
const MAY_BE_SECRET = /Key|Token|assumeRole|credentialsUri|access_key/;

describe.each(Object.entries(TAKES))('%s', (key, taken) => {
  const refused = Object.entries(HOSTILE).filter(([what]) => !taken.includes(what));

  it.each(refused)('%s is refused in an error that names the key, and nothing is sent', async (_, value) => {
    count++;
    world.begin();
    const error = await createWith({ [key]: value });
    expect(error).toBeInstanceOf(StepError);
    expect(error?.message).toContain(key);
    expect(world.emulator.journal()).toEqual([]);
    if (MAY_BE_SECRET.test(key) && value.length > 8) expect(error?.message).not.toContain(value);
  });
});

describe.each(['alicloud:profile', 'alicloud:sharedCredentialsFile'])('%s without a key pair', (key) => {
  it.each(Object.entries(HOSTILE))('%s: one error, and nothing is sent', async (_, value) => {
    count++;
    world.begin();
    const error = await createWith({
      'alicloud:accessKey': undefined,
      'alicloud:secretKey': undefined,
      [key]: value,
    });
    expect(error).toBeInstanceOf(StepError);
    expect(error?.message).toMatch(/profile|alicloud:sharedCredentialsFile/);
    expect(world.emulator.journal()).toEqual([]);
  });
});

it('an adopted id that is none is refused in an error that names the variable, and nothing is sent', async () => {
  for (const value of Object.values(HOSTILE).filter((text) => text.trim() !== '')) {
    count++;
    world.begin();
    const error = await createWith({}, { ALICLOUD_MEDIA_ADOPT: value });
    expect(error).toBeInstanceOf(StepError);
    expect(error?.message).toContain('ALICLOUD_MEDIA_ADOPT');
    expect(world.emulator.journal()).toEqual([]);
  }
});

async function createWith(
  config: Record<string, string | undefined>,
  environment: NodeJS.ProcessEnv = {},
): Promise<Error | undefined> {
  // The error comes with the first use, which making the wire may be.
  try {
    world.restartProvider({ config, environment: { HOME: '/nonexistent', ...environment } });
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
  try {
    await world.binding.create({ ...BINDING.inputs, skipAwait: true });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
