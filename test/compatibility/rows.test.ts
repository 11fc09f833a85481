import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, it, vi } from 'vitest';
import { IS_FULL, IS_WIDE } from '../support/extent.js';
import { type Published, publish } from './project.js';
import { runSetting, type Versions } from './run-setting.js';
import { obstacle, ROWS, type Row, settingOf } from './table.js';
import { NotHere } from './tools.js';

// What is fetched for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const { PULUMI_ALICLOUD_MEDIA_COMPATIBILITY: report } = process.env;
const isOurs = ({ extent }: Row) => IS_FULL || extent === 'corners' || (IS_WIDE && extent === 'wide');

let published: Published;
beforeAll(async () => {
  published = await publish();
});
afterAll(() => published?.remove());

/** By setting: rows that differ in words alone are run once. */
const runs = new Map<string, Promise<Versions>>();

function versionsOf(row: Row): Promise<Versions> {
  const setting = settingOf(row);
  const key = JSON.stringify(setting);
  const run = runs.get(key) ?? runSetting(setting, published);
  runs.set(key, run);
  return run;
}

/** For `npm run compatibility`, which writes the page. */
function tell({ dimension, value }: Row, what: { versions: Versions } | { notRun: string }): void {
  if (report !== undefined) appendFileSync(report, `${JSON.stringify({ dimension, value, ...what })}\n`);
}

for (const row of ROWS.filter(isOurs))
  it(`${row.dimension}, ${row.value}: installs, and brings up, previews and destroys a stack of both hosts`, async ({
    skip,
  }) => {
    const why = obstacle(row) ?? (await whyNot(row));
    if (why === undefined) return;
    tell(row, { notRun: why });
    skip(`not run: ${why}`);
  });

/** Runs the row, or says what this machine lacks for it. */
async function whyNot(row: Row): Promise<string | undefined> {
  try {
    tell(row, { versions: await versionsOf(row) });
    return undefined;
  } catch (error) {
    if (error instanceof NotHere) return error.message;
    throw error;
  }
}
