import { existsSync, readdirSync, readFileSync } from 'node:fs';

const EVERY = 100;

export interface MemoryWatch {
  /** The most bytes seen at one moment; undefined on systems without /proc. */
  stop(): number | undefined;
}

/** Watches the memory of a process and of all that it started, as long as it runs. */
export function watchMemory(root: number): MemoryWatch {
  if (!existsSync('/proc/self/status')) return { stop: () => undefined };
  let most = 0;
  const look = () => {
    most = Math.max(most, memoryBelow(root));
  };
  const timer = setInterval(look, EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** Resident memory of the tree. Pages that several processes share are counted in each of them. */
function memoryBelow(root: number): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = new Map<number, { pid: number; resident: number }[]>();
  let sum = 0;
  for (const name of processes) {
    const status = readStatus(name);
    const resident = 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0);
    const pid = Number(name);
    if (pid === root) sum += resident;
    const beside = children.get(parent) ?? [];
    beside.push({ pid, resident });
    children.set(parent, beside);
  }
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { pid, resident } of children.get(next) ?? []) {
      sum += resident;
      waiting.push(pid);
    }
  }
  return sum;
}

function readStatus(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It ended in this moment.
    return '';
  }
}
