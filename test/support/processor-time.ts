import { appendFileSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { afterAll, expect } from 'vitest';

const { PULUMI_ALICLOUD_MEDIA_TIMES: times } = process.env;

/** Seconds of the processors that this process and those it has waited for took; Linux alone tells. */
function processorTime(): number {
  const line = readFileSync('/proc/self/stat', 'utf8');
  // The name of the program may hold spaces. Then: user and system time of itself, and of its children, in hundredths.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / 100;
}

// scripts/test.ts sums them up.
if (times !== undefined && process.platform === 'linux') {
  const before = processorTime();
  afterAll(() => {
    const file = relative(resolve(__dirname, '../..'), expect.getState().testPath ?? '');
    appendFileSync(times, `${file}\t${processorTime() - before}\n`);
  });
}
