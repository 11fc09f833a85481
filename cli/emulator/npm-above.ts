import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Seen {
  readonly parent: number;
  readonly command: string;
}

/**
 * The process of npx that has started this one, where there is one: the parent, or where that is the shell in which npm
 * runs a command, the parent of it. Such a shell waits on when npm is killed, so to look at it alone would not do. A
 * script of npm is another matter: it may leave this one in the background.
 */
export function npmAbove(
  { npm_command: startedByNpm } = process.env,
  parent = process.ppid,
): number | undefined {
  // What init has was started by a shell that has ended since, and is to outlive it.
  if (startedByNpm !== 'exec' || parent <= 1) return undefined;
  const shell = look(parent);
  return shell !== undefined && /^(\S*\/)?sh -c /.test(shell.command) ? shell.parent : parent;
}

function look(pid: number): Seen | undefined {
  try {
    // An image of a container may be without ps.
    return process.platform === 'linux' ? lookInProc(pid) : lookByPs(pid);
  } catch {
    return undefined;
  }
}

function lookInProc(pid: number): Seen {
  // The name of the program stands in brackets before it, and may hold any.
  const [, parent] = /^.*\) \S+ (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  return { parent: Number(parent), command };
}

function lookByPs(pid: number): Seen {
  const text = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
  const [, parent, command = ''] = /^\s*(\d+)\s+(.*)/.exec(text) ?? [];
  return { parent: Number(parent), command };
}
