import { isAlive } from '../../emulator/state/is-alive.js';
import { npmAbove } from './npm-above.js';

/** How often it is looked whether npm is still there. */
const LOOK_EVERY = 500;

/**
 * Resolves when somebody ends this process, or npm, where that has started it: `npx` that is killed in the background
 * does not hand that on. What a shell has started goes on without it, as under nohup. There, SIGHUP is ignored, and a
 * handler would end that; without one it ends this process by itself.
 */
export function untilEnded(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    const npm = npmAbove();
    if (npm === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent && isAlive(npm)) return;
      clearInterval(timer);
      resolve();
    }, LOOK_EVERY);
    timer.unref();
  });
}
