import { join } from 'node:path';
import ts from 'typescript';
import { type Block, ROOT } from './blocks.js';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowJs: true,
  checkJs: true,
  types: ['node'],
  paths: {
    'pulumi-alicloud-media': ['./provider/program/index.ts'],
    'pulumi-alicloud-media/emulator': ['./emulator/index.ts'],
    'pulumi-alicloud-media-plugin': ['./sdk/nodejs/index.ts'],
  },
};

const nameOf = (block: Block, index: number) =>
  join(ROOT, `code-block-${index}.${block.language === 'js' ? 'js' : 'ts'}`);

/** What the compiler says of each block, as a program of a user beside the package. */
export function mistakesIn(blocks: readonly Block[]): readonly string[] {
  const texts = new Map(blocks.map((block, index) => [nameOf(block, index), block]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name)?.text ?? readFile(name);
  host.getSourceFile = (name, ...rest) => {
    const block = texts.get(name);
    return block === undefined
      ? getSourceFile(name, ...rest)
      : // A block without an import is a module, too: its names are its own.
        ts.createSourceFile(name, `${block.text}\nexport {};\n`, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  return [...texts].flatMap(([name, block]) => {
    const source = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText, start = 0 }) => {
      const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
      const { page } = block;
      return `${page}:${block.line + 1 + line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
