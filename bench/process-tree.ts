import { existsSync, readdirSync, readFileSync } from 'node:fs';

const EVERY = 100;
/** Clock ticks a second, as Linux counts the time of a process for everybody. */
const TICKS = 100;

/** What the processes of a command took; undefined on systems without /proc. */
export interface Usage {
  /** The most resident bytes of all at one moment. Pages that several processes share are counted in each of them. */
  readonly memory: number;
  /** Seconds of the processors, as far as they were seen: up to a tenth of a second of each process is not. */
  readonly processor: number;
  /** The most resident bytes that the process which serves the resources ever had. */
  readonly provider: number;
}

export interface Watch {
  stop(): Usage | undefined;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly resident: number;
}

/** Watches a process and all that it started, as long as it runs. */
export function watchProcesses(root: number): Watch {
  if (!existsSync('/proc/self/status')) return { stop: () => undefined };
  let memory = 0;
  let provider = 0;
  const times = new Map<string, number>();
  const look = () => {
    const tree = processesBelow(root);
    memory = Math.max(
      memory,
      tree.reduce((sum, { resident }) => sum + resident, 0),
    );
    for (const { pid } of tree) {
      times.set(`${pid} ${fieldsOf(pid)[19]}`, processorOf(pid));
      if (isProvider(pid)) provider = Math.max(provider, peakOf(pid));
    }
  };
  const timer = setInterval(look, EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      const processor = [...times.values()].reduce((sum, seconds) => sum + seconds, 0);
      return { memory, processor, provider };
    },
  };
}

/** The most resident memory that a process ever had, in bytes. */
export function peakOf(pid: number): number {
  return bytes(read(pid, 'status'), 'VmHWM');
}

function processesBelow(root: number): readonly Process[] {
  const children = new Map<number, Process[]>();
  const tree: Process[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const pid = Number(name);
    const status = read(pid, 'status');
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0);
    const process = { pid, parent, resident: bytes(status, 'VmRSS') };
    if (pid === root) tree.push(process);
    children.set(parent, [...(children.get(parent) ?? []), process]);
  }
  // What is appended meanwhile is visited as well.
  for (const { pid } of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Seconds that a process took of the processors. */
export function processorOf(pid: number): number {
  const [user = 0, system = 0] = fieldsOf(pid).slice(11, 13).map(Number);
  return (user + system) / TICKS;
}

/** The fields of /proc/<pid>/stat after the command, which may hold spaces; the 20th is when it was started. */
function fieldsOf(pid: number): readonly string[] {
  return read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
}

/** Pulumi's dynamic-provider process, or a provider plugin in Node.js. */
function isProvider(pid: number): boolean {
  const [program = '', script = ''] = read(pid, 'cmdline').split('\0');
  return /(^|\/)node$/.test(program) && /dynamic-provider|pulumi-resource-/.test(script);
}

function bytes(status: string, field: string): number {
  return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended in this moment.
    return '';
  }
}
