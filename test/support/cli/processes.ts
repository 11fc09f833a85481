import { spawnSync } from 'node:child_process';

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** What a process started, and what that started, parents first. */
export function processesBelow(root: number): readonly RunningProcess[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const below = (parent: number): RunningProcess[] =>
    all
      .filter((process) => process.parent === parent)
      .flatMap(({ pid, command }) => [{ pid, command }, ...below(pid)]);
  return below(root);
}

/** Kills a process with all that it started. */
export function killTree(root: number): void {
  for (const pid of [root, ...processesBelow(root).map((one) => one.pid)]) process.kill(pid, 'SIGKILL');
}

/** The process that serves the resources of a command: Pulumi's own, which a shell starts, or the plugin. */
export function isProvider({ command }: RunningProcess): boolean {
  return /^(\S*\/)?node\s+\S*(dynamic-provider|pulumi-resource-alicloud-media)/.test(command);
}
