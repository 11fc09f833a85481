import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import type { Setting } from '../support/lifecycle/lifecycle-world.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { BUCKET } from '../support/links/links.js';
import { Engine } from './engine.js';
import { SharedCloud } from './shared-cloud.js';

const ROLE = `acs:ram::${TEST_ACCOUNT_ID}:role/media-deploy`;
/** Takes back the keys that a world has by itself. */
const NO_KEYS = { 'alicloud:accessKey': undefined, 'alicloud:secretKey': undefined };

const cloud = SharedCloud.make();
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sources-'));
  mkdirSync(join(home, '.aliyun'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe.each(SERVERS)('the current profile of ~/.aliyun/config.json, served by the %s', (server) => {
  cloud.servedBy(server);
  const write = (profile: object) =>
    writeFileSync(
      join(home, '.aliyun', 'config.json'),
      JSON.stringify({ current: 'mine', profiles: [{ name: 'mine', ...profile }] }),
    );
  const setting = (): Setting => ({ config: NO_KEYS, environment: { HOME: home } });

  it.each(['External', 'CloudSSO', 'OAuth'])(
    'of mode %s is refused by its name; no command is run, and the file stays as it is',
    async (mode) => {
      const world = cloud.begin();
      const ran = join(home, 'ran');
      write({ mode, process_command: `touch ${ran}`, oauth_site_type: 'CN' });
      const before = readFileSync(join(home, '.aliyun', 'config.json'), 'utf8');
      const error = await new Engine(world, BUCKET).up(setting());
      expect(existsSync(ran)).toBe(false);
      expect(error?.message).toContain(
        `The profile 'mine' in ~/.aliyun/config.json has mode ${mode}, which is not supported: `,
      );
      expect(readFileSync(join(home, '.aliyun', 'config.json'), 'utf8')).toBe(before);
      expect(world.emulator.journal()).toEqual([]);
    },
  );

  it('of mode RamRoleArn is exchanged at the endpoint of STS that is configured', async () => {
    const world = cloud.begin();
    write({
      mode: 'RamRoleArn',
      access_key_id: TEST_ACCESS_KEY_ID,
      access_key_secret: TEST_ACCESS_KEY_SECRET,
      ram_role_arn: ROLE,
    });
    const engine = new Engine(world, BUCKET);
    expect(await engine.up(setting())).toBeUndefined();
    expect(world.emulator.journal()[0]).toMatchObject({ action: 'AssumeRole', params: { RoleArn: ROLE } });
    expect(await engine.destroy(setting())).toBeUndefined();
  });
});
