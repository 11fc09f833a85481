// Two runs in one clone take turns: npm and tsc would pull files from under each other.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './say.mjs';

/**
 * Each raises a flag, a file that is named after its process, and then looks for others. Of two at once one at the
 * least sees both, and lowers its own. That of a process that is gone counts for nothing.
 */
export async function inTurn(work) {
  const flags = join(root, 'dist', '.set-up');
  const own = String(process.pid);
  const lower = (pid) => rmSync(join(flags, pid), { force: true });
  mkdirSync(flags, { recursive: true });
  try {
    for (let told = false; ; told = true) {
      writeFileSync(join(flags, own), '');
      const others = readdirSync(flags).filter((pid) => pid !== own);
      const other = others.find(isAlive);
      for (const pid of others) if (!isAlive(pid)) lower(pid);
      if (other === undefined) break;
      lower(own);
      if (!told)
        say(
          `set-up: waiting for process ${other}; if it is none of this clone, remove ${join(flags, other)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 100 + 200 * Math.random()));
    }
    return await work();
  } finally {
    lower(own);
  }
}

function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
