import type { Emulator } from '../../emulator/index.js';
import type { ArgDescription, ValueType } from '../../provider/lifecycle/description.js';
import { keeping } from '../../provider/lifecycle/standing.js';
import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import { CallError, type Properties } from '../support/dynamic/provider-process.js';
import type { Link } from '../support/links/links.js';

/** One resource in one host: the same calls, whatever the host needs besides. */
export interface Hosted {
  /** `olds` are the inputs of the state. */
  check(
    news: Properties,
    olds?: Properties,
  ): Promise<{ inputs: Properties; failures: Record<string, string> }>;
  diff(id: string, olds: Properties, news: Properties): Promise<object>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  read(id: string, outputs: Properties): Promise<{ id: string; outputs: Properties; inputs: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, outputs: Properties): Promise<void>;
}

export interface Case {
  readonly name: string;
  /** What it starts from, beside a project and two datasets. */
  readonly given?: (emulator: Emulator) => void;
  run(hosted: Hosted, emulator: Emulator): Promise<unknown>;
}

/** A value that none of the links has. */
const ANOTHER: Readonly<Record<ValueType, unknown>> = {
  string: 'another',
  boolean: true,
  integer: 3,
  int64: '9007199254740993',
  tags: { team: 'media' },
};

/** The cases of a resource; what its description names is taken from there. */
export function casesOf(link: Link): Case[] {
  const { description, inputs, id, optional } = link;
  const { region: _, ...withoutRegion } = inputs;
  const args = Object.entries<ArgDescription>(description.args);
  const bad = (prose?: boolean) => (prose ? 'two\nlines' : 'Not A Name!');
  const afterCreate = (
    more: Partial<Case> & Pick<Case, 'name'>,
    work: (hosted: Hosted, outputs: Properties, emulator: Emulator) => unknown,
  ): Case => ({
    ...more,
    async run(hosted, emulator) {
      const { outputs } = await hosted.create(inputs);
      return work(hosted, outputs, emulator);
    },
  });
  return [
    { name: 'check fills in the region', run: (hosted) => hosted.check(withoutRegion) },
    { name: 'check names every missing argument', run: (hosted) => hosted.check({}) },
    ...args.map(
      ([name, { prose }]): Case => ({
        name: `check refuses a bad ${name}`,
        run: (hosted) => hosted.check({ ...inputs, [name]: bad(prose) }),
      }),
    ),
    {
      name: 'check names every bad argument at once, and one that there is not',
      run: (hosted) =>
        hosted.check({
          ...Object.fromEntries(args.map(([name, { prose }]) => [name, bad(prose)])),
          bukcet: 1,
        }),
    },
    {
      name: 'check refuses a region that is not listed',
      run: (hosted) => hosted.check({ ...inputs, region: 'xx-nowhere' }),
    },
    ...args.map(
      ([name]): Case => ({
        name: `check lets an unknown ${name} pass`,
        run: (hosted) => hosted.check({ ...inputs, [name]: UNKNOWN }),
      }),
    ),
    {
      name: 'check refuses adopt that was said of another link, and lets pass what is still the same, new, or not known yet',
      async run(hosted) {
        const another = link.another('nobodys');
        const adopts = (of: Properties) => ({ ...of, adopt: true });
        const refused = await hosted.check(adopts(another), adopts(inputs));
        if (refused.failures.adopt === undefined) throw new Error('it was let pass');
        const passed = [
          await hosted.check(adopts(inputs), adopts(inputs)),
          await hosted.check(adopts(another), inputs),
          await hosted.check(adopts(another), {}),
          await hosted.check(another, adopts(inputs)),
          await hosted.check(adopts({ ...inputs, [link.named]: UNKNOWN }), adopts(inputs)),
        ];
        for (const { failures } of passed)
          if (Object.keys(failures).length > 0) throw new Error(JSON.stringify(failures));
        return { refused, passed };
      },
    },
    { name: 'diff of the same', run: (hosted) => hosted.diff(id, inputs, inputs) },
    ...args.flatMap(([name, { type }]): Case[] => [
      {
        name: `diff of another ${name}`,
        run: (hosted) => hosted.diff(id, inputs, { ...inputs, [name]: ANOTHER[type] }),
      },
      {
        name: `diff of an unknown ${name}`,
        run: (hosted) => hosted.diff(id, inputs, { ...inputs, [name]: UNKNOWN }),
      },
    ]),
    {
      name: 'create, read, delete, and again',
      async run(hosted) {
        const made = await hosted.create(inputs);
        const read = await hosted.read(id, made.outputs);
        await hosted.delete(id, made.outputs);
        await hosted.delete(id, made.outputs);
        return { made, read, gone: await hosted.read(id, made.outputs) };
      },
    },
    { name: 'create of what exists', given: link.make, run: (hosted) => hosted.create(inputs) },
    {
      name: 'create that takes over what exists',
      given: link.make,
      run: (hosted) => hosted.create({ ...inputs, adopt: true }),
    },
    {
      name: 'create that is denied',
      given: (emulator) => emulator.deny({ action: '*' }),
      run: (hosted) => hosted.create(inputs),
    },
    {
      name: 'create whose reply is lost',
      given: (emulator) => emulator.addFault({ kind: 'effect-then-reply-lost', action: link.makes }),
      run: (hosted) => hosted.create(inputs),
    },
    {
      name: 'create that is throttled',
      given: (emulator) => emulator.addFault({ kind: 'throttled', action: link.makes, times: 2 }),
      run: (hosted) => hosted.create(inputs),
    },
    { name: 'read of an id alone', given: link.make, run: (hosted) => hosted.read(id, {}) },
    { name: 'read of an id that is none', run: (hosted) => hosted.read('no-id', { region: 'x' }) },
    afterCreate({ name: 'read of what was removed behind the back' }, (hosted, outputs, emulator) => {
      link.remove(emulator);
      return hosted.read(id, outputs);
    }),
    afterCreate({ name: 'read with credentials of another account' }, (hosted, outputs) =>
      hosted.read(id, { ...outputs, accountId: '2000000000000002' }),
    ),
    afterCreate({ name: 'delete with credentials of another account' }, (hosted, outputs) =>
      hosted.delete(id, { ...outputs, accountId: '2000000000000002' }),
    ),
    afterCreate({ name: 'delete that is denied' }, (hosted, outputs, emulator) => {
      emulator.deny({ action: '*' });
      return hosted.delete(id, outputs);
    }),
    afterCreate({ name: 'delete whose reply is lost' }, (hosted, outputs, emulator) => {
      emulator.addFault({ kind: 'effect-then-reply-lost', action: link.removes });
      return hosted.delete(id, outputs);
    }),
    afterCreate({ name: 'update of an argument that changes nothing' }, (hosted, outputs) =>
      hosted.update(id, outputs, { ...inputs, adopt: true }),
    ),
    {
      name: 'whatever optional argument left the program leaves the outputs, and no read brings it back',
      given: link.make,
      async run(hosted) {
        const { outputs } = await hosted.create({ ...inputs, ...optional });
        const updated = await hosted.update(id, outputs, inputs);
        const read = await hosted.read(id, updated);
        for (const properties of [updated, read.outputs, read.inputs])
          for (const name of Object.keys(optional))
            if (name in properties) throw new Error(`it has ${name}: ${JSON.stringify(properties)}`);
        return { outputs, updated, read };
      },
    },
    afterCreate({ name: 'update of a create in doubt' }, (hosted, outputs) =>
      hosted.update(id, keeping(outputs, { unfinished: { from: 0, until: Date.now() + 60_000 } }), inputs),
    ),
    ...(description.type === 'DatasetBinding'
      ? [
          {
            name: 'create that the service says Failed is kept, and replaced by the next diff',
            given: (emulator: Emulator) =>
              emulator.setBucketRules([{ bucketContains: 'ours', outcome: 'Failed', reason: 'no tunnel' }]),
            async run(hosted: Hosted) {
              const error = await hosted.create(inputs).catch((thrown: CallError) => thrown);
              if (!(error instanceof CallError)) throw new Error('it succeeded');
              return { failed: error, diff: await hosted.diff(id, error.kept?.properties ?? {}, inputs) };
            },
          },
          afterCreate({ name: 'read of a status that changed' }, (hosted, outputs, emulator) => {
            emulator.stopBinding(id);
            return hosted.read(id, outputs);
          }),
        ]
      : []),
  ];
}
