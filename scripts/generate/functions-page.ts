import type { FunctionDescription, OutputDescription } from '../../provider/lifecycle/description.js';
import { table, withParts } from './markdown.js';
import { TYPES } from './page.js';

/** The page of the functions. */
export function functionsPageOf(before: string, functions: readonly FunctionDescription[]): string {
  return withParts('docs/reference/functions.md', before, {
    list: listOf(functions),
    functions: functions.map(sectionOf).join('\n\n'),
  });
}

function listOf(functions: readonly FunctionDescription[]): string {
  return table(
    ['function', 'arguments', 'what it does'],
    functions.map(({ module, name, args, summary }) => [
      `[${module}.${name}](#${`${module}${name}`.toLowerCase()})`,
      Object.entries(args)
        .map(([arg, { required }]) => `\`${arg}${required ? '' : '?'}\``)
        .join(', '),
      // The first sentence.
      summary.replace(/\. .*$/, '.'),
    ]),
  );
}

function sectionOf({ module, name, summary, args, outputs, ramActions }: FunctionDescription): string {
  const rows = Object.entries(outputs).flatMap(([output, { type, fields = {} }]) =>
    type === 'rows' ? [`Each of \`${output}\`:`, outputsOf(fields)] : [],
  );
  return [
    `### ${module}.${name}`,
    summary,
    table(
      ['argument', 'type', 'meaning'],
      Object.entries(args).map(([arg, { required, type, description, default: standard }]) => [
        `\`${arg}\`${required ? ' (required)' : ''}`,
        TYPES[type],
        [description, standard && `Default: ${standard}.`].filter(Boolean).join(' '),
      ]),
    ),
    outputsOf(outputs),
    ...rows,
    table(
      ['RAM action', 'used', 'resource'],
      ramActions.map(({ action, when, resource }) => [`\`${action}\``, when, `\`${resource}\``]),
    ),
  ].join('\n\n');
}

function outputsOf(outputs: Readonly<Record<string, OutputDescription>>): string {
  return table(
    ['gives', 'type', 'meaning'],
    Object.entries(outputs).map(([output, { type, description, optional }]) => [
      `\`${output}\`${optional ? ' (may be absent)' : ''}`,
      GIVEN[type],
      description,
    ]),
  );
}

const GIVEN = { ...TYPES, int64: 'text', rows: 'list' };
