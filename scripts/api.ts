import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  type IConfigFile,
} from '@microsoft/api-extractor';
import { findRoot } from './root.js';

/** Where the report of each public entry is kept. */
const FOLDER = 'api';

const OFF = { logLevel: ExtractorLogLevel.None };
/** What is wrong with an entry is told, and never hidden in a report. */
const MESSAGES: NonNullable<IConfigFile['messages']> = {
  compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
  tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
  extractorMessageReporting: {
    default: { logLevel: ExtractorLogLevel.Error },
    // All that an entry exports is public: nothing is tagged alpha, beta or internal.
    'ae-missing-release-tag': OFF,
    // What an argument means stands on the page of its resource; the report is there for what it is.
    'ae-undocumented': OFF,
  },
};
/** What Pulumi calls in a dynamic-provider process. No program names the types in it. */
const ENTRY_OF_STATES = {
  ...MESSAGES,
  extractorMessageReporting: { ...MESSAGES.extractorMessageReporting, 'ae-forgotten-export': OFF },
};

/** The types of each entry, by its name: of every `exports` but package.json itself. */
export function entriesOf(root: string): Readonly<Record<string, string>> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.fromEntries(
    Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === 'string' ? [] : [[entry === '.' ? 'index' : entry.slice(2), target.types] as const],
    ),
  );
}

/** Writes the report of each entry from what is built, and returns what is wrong with them. */
export function writeReports(root: string, folder: string): readonly string[] {
  const wrong: string[] = [];
  mkdirSync(folder, { recursive: true });
  for (const [name, types] of Object.entries(entriesOf(root))) {
    const config = ExtractorConfig.prepare({
      configObject: configOf({ root, folder, name, types }),
      configObjectFullPath: undefined,
      packageJsonFullPath: join(root, 'package.json'),
    });
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        if (message.logLevel === ExtractorLogLevel.Error) wrong.push(`${name}: ${told(message)}`);
        message.handled = true;
      },
    });
    sortUnions(config.reportFilePath);
  }
  return wrong;
}

/** In which order tsc writes the texts of a union hangs on what it built before, and means nothing. */
function sortUnions(path: string): void {
  const report = readFileSync(path, 'utf8');
  const sorted = report.replace(/"[^"\n]*"(?: \| "[^"\n]*")+/g, (union) =>
    union.split(' | ').sort().join(' | '),
  );
  writeFileSync(path, sorted);
}

function told({ messageId, text, sourceFilePath = '', sourceFileLine = 0 }: ExtractorMessage): string {
  return `${messageId}: ${text} (${sourceFilePath}:${sourceFileLine})`;
}

interface Report {
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly types: string;
}

function configOf({ root, folder, name, types }: Report): IConfigFile {
  return {
    projectFolder: root,
    mainEntryPointFilePath: join(root, types),
    compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
    apiReport: {
      enabled: true,
      // A change of a type that is reached but not exported is one, too.
      includeForgottenExports: true,
      reportFolder: folder,
      reportTempFolder: join(root, 'dist/api'),
      reportFileName: `${name}.api.md`,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: 'lf',
    messages: types.includes('/hosts/dynamic/') ? ENTRY_OF_STATES : MESSAGES,
  };
}

/** `npm run api`: writes `api/`, the public types of every entry, so that a change of them shows in a review. */
export async function main(): Promise<number> {
  const root = findRoot();
  rmSync(join(root, FOLDER), { recursive: true, force: true });
  const wrong = writeReports(root, join(root, FOLDER));
  for (const line of wrong) console.error(`error: ${line}`);
  return wrong.length > 0 ? 1 : 0;
}
