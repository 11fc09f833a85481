import type { Emulator } from '../emulator-object.js';
import type { RegionState } from '../state/records.js';
import type { ObjectTable, ShownObject, ShownObjects } from './shapes.js';

/** A page of more rows nobody reads, and each answer would carry them. */
const MOST_ROWS = 200;

type Clean = (text: string) => string;

/** What exists, whatever the reads of a client show at the moment. */
export function shownObjects(emulator: Emulator, clean: Clean): Readonly<Record<ObjectTable, ShownObjects>> {
  const places = placesOf(emulator);
  const inPlaces = (rowsOf: (state: RegionState) => ShownObject[]) =>
    places.flatMap(([where, state]) => rowsOf(state).map((row) => ({ ...row, where })));
  const whereOf = (one: { region: string; account: string }) => nameOf(one.region, one.account);
  const all: Readonly<Record<ObjectTable, readonly ShownObject[]>> = {
    projects: inPlaces(({ projects }) => projects.map(({ name }) => ({ project: name }))),
    datasets: inPlaces(({ datasets }) => datasets.map(({ project, name }) => ({ project, dataset: name }))),
    bindings: emulator.bindings().map(({ project, dataset, bucket, state, reason, ...one }) => ({
      project,
      dataset,
      bucket,
      state: reason === '' || state === 'Ready' ? state : `${state}: ${reason}`,
      where: whereOf(one),
    })),
    attachments: inPlaces(({ attachments = [] }) =>
      attachments.map(({ project, bucket }) => ({ project, bucket })),
    ),
    mediaBuckets: emulator
      .mediaBuckets()
      .map(({ bucket, type, ...one }) => ({ bucket, type, where: whereOf(one) })),
  };
  return {
    projects: limited(all.projects, clean),
    datasets: limited(all.datasets, clean),
    bindings: limited(all.bindings, clean),
    attachments: limited(all.attachments, clean),
    mediaBuckets: limited(all.mediaBuckets, clean),
  };
}

function placesOf(emulator: Emulator): (readonly [string, RegionState])[] {
  return Object.entries(emulator.contents().accounts).flatMap(([account, regions]) =>
    Object.entries(regions).map(([region, state]) => [nameOf(region, account), state] as const),
  );
}

function nameOf(region: string, account: string): string {
  return `${region}, ${account}`;
}

function limited(all: readonly ShownObject[], clean: Clean): ShownObjects {
  const rows = all
    .slice(0, MOST_ROWS)
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, clean(text)])));
  return { total: all.length, rows };
}
