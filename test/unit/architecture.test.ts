import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { everythingIn } from '../../scripts/generate/found.js';
import { type Layer, layerOf, mayLoad } from './architecture/rooms.js';
import { type Import, type Source, sourcesIn, visit } from './architecture/sources.js';

const ROOT = resolve(__dirname, '../..');
const PROVIDER = sourcesIn('provider');
const SHIPPED = [...PROVIDER, ...sourcesIn('emulator', 'cli')];
const EVERYTHING = [...SHIPPED, ...sourcesIn('scripts', 'bench', 'live', 'test')];

/** The public entries: names that users import. They stand on the program's side. */
const ENTRIES = ['provider/program/index.ts', 'provider/program/imm.ts', 'provider/program/mps.ts'];

/** `from -> to` for every import that breaks a rule. */
function breaches(
  sources: readonly Source[],
  isBreach: (from: string, to: string, how: Import) => boolean,
): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.filter((each) => isBreach(path, each.to, each)).map(({ to }) => `${path} -> ${to}`),
  );
}

function found(sources: readonly Source[], isWrong: (node: ts.Node, source: Source) => boolean): string[] {
  const places: string[] = [];
  for (const source of sources) {
    visit(source.tree, (node) => {
      if (!isWrong(node, source)) return;
      const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart());
      places.push(`${source.path}:${line + 1}: ${node.getText().slice(0, 60)}`);
    });
  }
  return places;
}

describe('the road of one operation', () => {
  it('leads from the program over a host and a lifecycle to the wire, and never back', () => {
    const wrong = breaches(SHIPPED, (from, to, { late, typeOnly }) => {
      const [here, there] = [layerOf(from), layerOf(to)];
      // The word by which a `get` says what it is has to be the same on both sides.
      if (here === 'program' && to === 'provider/lifecycle/marker.ts') return false;
      // A program that only declares resources loads no host; a function it calls loads it then.
      if (here === 'program' && there === 'hosts' && !late && !typeOnly) return true;
      return there !== 'elsewhere' && here !== there && !mayLoad(here).includes(there);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps Pulumi and gRPC out of everything below the hosts', () => {
    const below: readonly Layer[] = ['imm, mps', 'lifecycle', 'alicloud', 'emulator'];
    expect(
      breaches(SHIPPED, (from, to) => below.includes(layerOf(from)) && /^@(pulumi|grpc)\//.test(to)),
    ).toEqual([]);
  });

  it('keeps imm and mps apart, and every resource out of the wire', () => {
    expect(
      breaches(PROVIDER, (from, to) => {
        const [own, other] = [from, to].map((path) => /^provider\/(imm|mps)\//.exec(path)?.[1]);
        return own !== undefined && other !== undefined && own !== other;
      }),
    ).toEqual([]);
    const names = /DatasetBinding|OutputBucket\b|'(Create|Get|Delete)Binding'/;
    const knowing = PROVIDER.filter(({ path, text }) => layerOf(path) === 'alicloud' && names.test(text));
    expect(knowing.map(({ path }) => path)).toEqual([]);
  });

  it('has no circle, not even of types', () => {
    const importsOf = new Map(SHIPPED.map(({ path, imports }) => [path, imports.map(({ to }) => to)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const follow = (path: string, road: readonly string[]): void => {
      if (road.includes(path)) circles.push([...road.slice(road.indexOf(path)), path].join(' -> '));
      if (done.has(path) || road.includes(path)) return;
      for (const to of importsOf.get(path) ?? []) follow(to, [...road, path]);
      done.add(path);
    };
    for (const path of importsOf.keys()) follow(path, []);
    expect(circles).toEqual([]);
  });

  it('loads the emulator from cli/ alone, and cli/ from nowhere', () => {
    expect(breaches(PROVIDER, (_, to) => /^(emulator|cli|scripts|bench|live|test)\//.test(to))).toEqual([]);
    expect(
      breaches(sourcesIn('emulator'), (_, to) => /^(provider|cli|scripts|bench|live|test)\//.test(to)),
    ).toEqual([]);
    expect(breaches(sourcesIn('cli'), (_, to) => /^(scripts|bench|live|test)\//.test(to))).toEqual([]);
  });

  it('meets the libraries of Alibaba Cloud in provider/alicloud/ alone', () => {
    const wrong = breaches(
      SHIPPED,
      (from, to) => to.startsWith('@alicloud/') && layerOf(from) !== 'alicloud',
    );
    expect(wrong).toEqual([]);
    // It is loaded by its name when first needed, which is no import.
    const named = found(SHIPPED, (node) => ts.isStringLiteral(node) && node.text.startsWith('@alicloud/'));
    expect(named).toEqual([expect.stringMatching(/^provider\/alicloud\/sending\/pop-library\.ts:/)]);
  });

  it('loads neither a lifecycle nor the wire with the program', () => {
    const program = `
      require(process.argv[1]);
      console.log(JSON.stringify(Object.keys(require.cache)));`;
    const text = execFileSync(
      process.execPath,
      ['-e', program, join(ROOT, 'dist/provider/program/index.js')],
      {
        encoding: 'utf8',
      },
    );
    const own = (JSON.parse(text) as string[])
      .filter((path) => path.startsWith(join(ROOT, 'dist')) || path.includes('@alicloud'))
      .map((path) => path.slice(ROOT.length + 1).replace(/^dist\//, ''));
    const allowed = /^provider\/(nearest|program\/[a-z-]+|lifecycle\/marker)\.js$/;
    expect(own.filter((path) => !allowed.test(path))).toEqual([]);
    expect(own).toContain('provider/program/dataset-binding.js');
    // Node and Pulumi take their time to start.
  }, 30_000);
});

describe('the code', () => {
  it('exports by name', () => {
    expect(
      found(EVERYTHING, (node) => {
        if (ts.isExportAssignment(node)) return true;
        return node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent);
      }),
    ).toEqual([]);
  });

  it('has no barrel but the public entries', () => {
    const barrels = EVERYTHING.filter(({ tree }) =>
      tree.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier),
    );
    expect(barrels.map(({ path }) => path).sort()).toEqual(['emulator/index.ts', ...ENTRIES].sort());
  });

  it('stands in small files of one purpose', () => {
    const large = EVERYTHING.filter(({ text }) => Buffer.byteLength(text) > 12 * 1024);
    expect(large.map(({ path, text }) => `${path}: ${Buffer.byteLength(text)} bytes`)).toEqual([]);
    const vague = EVERYTHING.filter(({ path }) => /(^|[/-])(utils?|helpers?|managers?|common)\b/.test(path));
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  it('reads the environment and prints where a host does, and nowhere else', () => {
    // Node and libraries read these from the process alone: DEBUG, NODE_EXTRA_CA_CERTS, and the proxies.
    const readers = /^provider\/(hosts\/|alicloud\/(sending\/quiet-httpx|network\/(agents|proxy))\.ts)/;
    const environment = found(
      PROVIDER,
      (node, { path }) => /^process\.(env|argv|stdout|stderr)$/.test(node.getText()) && !readers.test(path),
    );
    expect(environment).toEqual([]);
    const prints = found(PROVIDER, (node) => /^console\.\w+$/.test(node.getText()));
    expect(prints).toEqual([expect.stringMatching(/^provider\/hosts\/engine-log\.ts:/)]);
  });

  it('signs POST alone; what is asked otherwise is asked of the sources of credentials', () => {
    const plain = ['provider/alicloud/sending/plain-http.ts', 'provider/alicloud/credentials/metadata.ts'];
    const methods = found(PROVIDER, (node, { path }) => {
      if (layerOf(path) !== 'alicloud' || plain.includes(path) || !ts.isStringLiteral(node)) return false;
      return /^(GET|PUT|DELETE|PATCH|HEAD)$/i.test(node.text);
    });
    expect(methods).toEqual([]);
    const wire = PROVIDER.find(({ path }) => path === 'provider/alicloud/sending/pop.ts');
    expect(wire?.text).toMatch(/method: 'POST'/);
    const senders = PROVIDER.filter(({ imports }) =>
      imports.some(({ to, typeOnly }) => /^node:https?$/.test(to) && !typeOnly),
    );
    const sending = senders.filter(({ text }) => /\brequest as \w+/.test(text));
    // The first opens the way through a proxy, and sends nothing itself.
    expect(sending.map(({ path }) => path)).toEqual(['provider/alicloud/network/tunnel.ts', plain[0]]);
  });
});

describe('a file of a resource or a function', () => {
  const described = PROVIDER.filter(({ text }) => /^export const description = \{$/m.test(text));

  it.each(described.map((source) => [source.path, source] as const))(
    '%s keeps the fixed order',
    (_, source) => {
      const order = ['import', 'description', 'type', 'lifecycle', 'function'];
      // A constant stands where it is needed.
      const kinds = source.tree.statements.map(kindOf).filter((kind) => kind !== 'constant');
      expect(kinds).toEqual(expect.arrayContaining(['description', 'lifecycle']));
      expect(kinds).toEqual([...kinds].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    },
  );

  it('leaves the steps to one lifecycle, which has them in the fixed order', () => {
    const steps = ['check', 'diff', 'create', 'read', 'update', 'delete'];
    const made = PROVIDER.flatMap((source) =>
      lifecyclesIn(source).map((keys) => ({ path: source.path, keys })),
    );
    expect(made.map(({ path }) => path)).toEqual(['provider/lifecycle/define-link.ts']);
    for (const { keys } of made) expect(keys.filter((key) => steps.includes(key))).toEqual(steps);
  });

  it('is found for each of them', () => {
    const { resources, functions } = everythingIn(ROOT);
    const files = [...resources, ...functions].map(({ file }) => `provider/${file}.ts`);
    expect(described.map(({ path }) => path).sort()).toEqual(files.sort());
    expect(files.length).toBeGreaterThan(10);
  });
});

/** The keys of each lifecycle that is written out as an object. */
function lifecyclesIn({ tree }: Source): readonly (readonly string[])[] {
  const found: string[][] = [];
  visit(tree, (node) => {
    if (!ts.isVariableDeclaration(node) || node.type?.getText() !== 'Lifecycle') return;
    if (node.initializer === undefined || !ts.isObjectLiteralExpression(node.initializer)) return;
    found.push(node.initializer.properties.map((property) => property.name?.getText() ?? ''));
  });
  return found;
}

function kindOf(statement: ts.Statement): string {
  if (ts.isImportDeclaration(statement)) return 'import';
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return 'type';
  if (ts.isFunctionDeclaration(statement)) return 'function';
  if (!ts.isVariableStatement(statement)) return statement.getText();
  const [declaration] = statement.declarationList.declarations;
  if (declaration?.name.getText() === 'description') return 'description';
  const type = declaration?.type?.getText() ?? '';
  return ['Lifecycle', 'MediaFunction'].includes(type) ? 'lifecycle' : 'constant';
}
