import type { Emulator } from '../emulator/index.js';

/** The ids of all that an emulator holds. */
export function linksIn(emulator: Emulator): string[] {
  const regions = Object.values(emulator.contents().accounts).flatMap((account) => Object.entries(account));
  const objects = regions.flatMap(([region, { projects, datasets, attachments = [] }]) => [
    ...projects.map(({ name }) => `${region}/${name}`),
    ...datasets.map(({ project, name }) => `${region}/${project}/${name}`),
    ...attachments.map(({ project, bucket }) => `${region}/${project}/oss://${bucket}`),
  ]);
  return [...objects, ...[...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link)];
}
