import type { Emulator } from '../../emulator/index.js';
import { UsageError } from '../usage-error.js';
import type { EmulatorArgs } from './options.js';

/** Of each project its datasets. */
type Parents = ReadonlyMap<string, readonly string[]>;

/** As the services take names of both: api-facts.md §2.3. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_-]{0,127}$/;
const RULE = 'has 1 to 128 letters, digits, "-" or "_", and begins with a letter or "_"';

/** What is to be there from the start; a mistake in it is a UsageError. */
export function readParents({ project: projects = [], dataset: datasets = [] }: EmulatorArgs): Parents {
  const parents = new Map<string, string[]>(projects.map((name) => [named('project', name), []]));
  for (const text of datasets) {
    const [name = '', project, ...more] = text.split('/').reverse();
    if (more.length > 0) throw new UsageError(`--dataset ${text}: it is <name>, or <project>/<name>`);
    const [only, ...others] = parents.keys();
    if (project === undefined && (only === undefined || others.length > 0))
      throw new UsageError(
        `--dataset ${text}: say in which project, as --dataset <project>/${text}, or give one --project`,
      );
    const of = parents.get(project ?? only ?? '');
    if (of === undefined)
      throw new UsageError(`--dataset ${text}: give its project, too: --project ${project}`);
    if (of.includes(named('dataset', name))) throw new UsageError(`--dataset ${text} is given twice`);
    of.push(name);
  }
  return parents;
}

/** What a state that was kept has already stays as it is. */
export function make(emulator: Emulator, parents: Parents): void {
  for (const [project, datasets] of parents) {
    const there = emulator.links();
    const id = `${emulator.region}/${project}`;
    if (!there.includes(id)) emulator.createProject(project);
    for (const dataset of datasets)
      if (!there.includes(`${id}/${dataset}`)) emulator.createDataset(project, dataset);
  }
}

function named(flag: string, name: string): string {
  if (NAME.test(name)) return name;
  throw new UsageError(`--${flag} ${JSON.stringify(name)}: a name ${RULE}`);
}
