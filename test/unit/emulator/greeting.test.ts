import { expect, it } from 'vitest';
import { greeting } from '../../../cli/emulator/greeting.js';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../../emulator/index.js';

const TEST_PAIR = {
  accessKeyId: TEST_ACCESS_KEY_ID,
  accessKeySecret: TEST_ACCESS_KEY_SECRET,
  account: TEST_ACCOUNT_ID,
};
const emulator = { url: 'http://127.0.0.1:4010', region: 'cn-shanghai', keys: [TEST_PAIR] };

/** What it has a person type. */
function typed(...args: Parameters<typeof greeting>): string[] {
  const [, lines = ''] = greeting(...args).split('where Pulumi runs:\n');
  return lines.trimEnd().split('\n');
}

it('has all that leads to the emulator typed, in the words of the shell', () => {
  expect(typed(emulator, {}, 'linux')).toEqual([
    '  export IMM_ENDPOINT=http://127.0.0.1:4010',
    '  export MTS_ENDPOINT=http://127.0.0.1:4010',
    '  export STS_ENDPOINT=http://127.0.0.1:4010',
    '  export ALIBABA_CLOUD_REGION=cn-shanghai',
    `  export ALIBABA_CLOUD_ACCESS_KEY_ID=${TEST_ACCESS_KEY_ID}`,
    `  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${TEST_ACCESS_KEY_SECRET}`,
  ]);
  expect(typed(emulator, {}, 'win32')[0]).toBe('  $env:IMM_ENDPOINT = "http://127.0.0.1:4010"');
});

it('has what the shell holds for the real services taken away, by its name alone', () => {
  const environment = {
    ALICLOUD_REGION: 'cn-beijing',
    ALIBABA_CLOUD_REGION: 'cn-beijing',
    ALIBABA_CLOUD_SECURITY_TOKEN: 'a-token',
    ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1:role/deploy',
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'known',
    ALICLOUD_MEDIA_LOG: 'debug',
    HOME: '/home/me',
  };
  const names = ['ALIBABA_CLOUD_ROLE_ARN', 'ALIBABA_CLOUD_SECURITY_TOKEN', 'ALICLOUD_REGION'];
  expect(typed(emulator, environment, 'linux')[0]).toBe(`  unset ${names.join(' ')}`);
  const inPowerShell = `  Remove-Item ${names.map((name) => `Env:${name}`).join(', ')}`;
  expect(typed(emulator, environment, 'win32')[0]).toBe(inPowerShell);
  expect(greeting(emulator, environment)).not.toContain('a-token');
});

it('prints no secret but that of the documentation', () => {
  for (const accessKeyId of ['own', TEST_ACCESS_KEY_ID]) {
    const keys = [{ ...TEST_PAIR, accessKeyId, accessKeySecret: 'mine' }];
    expect(greeting({ ...emulator, keys }, {})).not.toMatch(/mine|ACCESS_KEY_SECRET/);
  }
});
