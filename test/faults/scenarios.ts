import { keeping, type Standing } from '../../provider/lifecycle/standing.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { BINDING, LINKS, type Link, linkOf } from '../support/links/links.js';
import { inDoubt } from './doubt.js';
import { Engine } from './engine.js';

/** One operation of one resource, as a command of the engine reaches it. */
export interface Scenario {
  readonly name: string;
  readonly link: Link;
  readonly command: Command;
  /** Brings about what the operation starts from, undisturbed. */
  prepare(world: LifecycleWorld): Promise<Engine>;
  run(engine: Engine, setting: object): Promise<Error | undefined>;
  /** Whether the link is there afterwards. */
  readonly leaves: boolean;
}

type Command = 'up' | 'refresh' | 'destroy';

const scenario = (
  link: Link,
  name: string,
  command: Command,
  prepare: Scenario['prepare'],
  leaves = command !== 'destroy',
): Scenario => ({
  name: `${link.title} ${name}`,
  link,
  command,
  prepare,
  leaves,
  run: (engine, setting) => engine[command](setting),
});

/** A stack whose link was made. */
async function made(world: LifecycleWorld, link: Link, inputs = {}): Promise<Engine> {
  const engine = new Engine(world, link, inputs);
  const error = await engine.up();
  if (error) throw error;
  return engine;
}

/** What was made until now has to be shown by every read. */
function longAgo({ clock }: LifecycleWorld): void {
  clock.advance(61_000);
}

/** A stack whose create was cut off, with this left in the state besides. */
async function halfMade(
  world: LifecycleWorld,
  link: Link,
  unfinished: Standing['unfinished'],
): Promise<Engine> {
  const engine = await made(world, link);
  engine.state = keeping(engine.state ?? {}, { unfinished });
  engine.isHalfMade = true;
  return engine;
}

/** A create of which nothing is known but when it was tried. */
function unsure(world: LifecycleWorld, link: Link, isThere: boolean): Engine {
  const engine = new Engine(world, link);
  engine.state = inDoubt(world, engine.inputs);
  engine.isHalfMade = true;
  if (isThere) link.make(world.emulator);
  return engine;
}

const ofEach = (link: Link): Scenario[] => [
  scenario(link, 'create', 'up', async (world) => new Engine(world, link)),
  scenario(link, 'adopt', 'up', async (world) => {
    link.make(world.emulator);
    return new Engine(world, link, { adopt: true });
  }),
  scenario(link, 'read', 'refresh', (world) => made(world, link)),
  scenario(
    link,
    'read of one that is gone',
    'refresh',
    async (world) => {
      const engine = await made(world, link);
      longAgo(world);
      link.remove(world.emulator);
      return engine;
    },
    false,
  ),
  scenario(link, 'update', 'up', async (world) => {
    const engine = await made(world, link);
    engine.inputs = { ...engine.inputs, customTimeouts: { delete: '5m' } };
    // Timeouts are no input of the plugin: there the engine updates only what did not end well.
    engine.isHalfMade = true;
    return engine;
  }),
  scenario(link, 'update of a create that is in doubt and had its effect', 'up', async (world) =>
    unsure(world, link, true),
  ),
  scenario(link, 'update of a create that is in doubt and had none', 'up', async (world) =>
    unsure(world, link, false),
  ),
  scenario(link, 'delete', 'destroy', (world) => made(world, link)),
  scenario(link, 'delete of one that is gone', 'destroy', async (world) => {
    const engine = await made(world, link);
    longAgo(world);
    link.remove(world.emulator);
    return engine;
  }),
];

/** What is updated in place, not only in the state. */
const updated = (link: Link): Scenario[] =>
  link.description.calls.update === undefined
    ? []
    : [
        scenario(link, 'update in place', 'up', async (world) => {
          const engine = await made(world, link);
          engine.inputs = { ...engine.inputs, description: 'Said anew' };
          return engine;
        }),
      ];

/** What is in the way is removed by others once the service has refused. */
async function holding(world: LifecycleWorld, link: Link, make: () => void, remove: () => void) {
  const engine = await made(world, link);
  make();
  let refused = 0;
  const end = world.emulator.onCall((boundary, { action }) => {
    if (boundary !== 'arrived' || action !== link.removes || ++refused !== 2) return;
    end();
    remove();
  });
  return engine;
}

const PROJECT = linkOf('imm.Project');
const DATASET = linkOf('imm.Dataset');

/** An object that the service deletes only once it is empty. */
const HOLDING: readonly Scenario[] = [
  scenario(PROJECT, 'delete of one that is emptied meanwhile', 'destroy', (world) => {
    const { emulator } = world;
    return holding(
      world,
      PROJECT,
      () => {
        emulator.createDataset('ours', 'inner');
        emulator.createBinding('cn-shanghai/ours/inner/oss://inner');
        emulator.attachBucket('ours', 'inner');
      },
      () => {
        emulator.deleteBinding('cn-shanghai/ours/inner/oss://inner');
        emulator.deleteDataset('ours', 'inner');
        emulator.detachBucket('inner');
      },
    );
  }),
  scenario(DATASET, 'delete of one that is emptied meanwhile', 'destroy', (world) => {
    const { emulator } = world;
    return holding(
      world,
      DATASET,
      () => emulator.createBinding('cn-shanghai/media/ours/oss://inner'),
      () => emulator.deleteBinding('cn-shanghai/media/ours/oss://inner'),
    );
  }),
  scenario(DATASET, 'delete of one with entries, forceDestroy', 'destroy', async (world) => {
    const engine = await made(world, DATASET, { forceDestroy: true });
    world.emulator.addEntries('media', 'ours', ['oss://inner/1', 'oss://inner/2', 'oss://inner/3']);
    return engine;
  }),
];

export const SCENARIOS: readonly Scenario[] = [
  ...LINKS.flatMap((link) => [...ofEach(link), ...updated(link)]),
  scenario(
    BINDING,
    'create, skipAwait',
    'up',
    async (world) => new Engine(world, BINDING, { skipAwait: true }),
  ),
  scenario(BINDING, 'update of a create that was cut off in its wait', 'up', (world) =>
    halfMade(world, BINDING, 'waiting'),
  ),
  ...HOLDING,
];
