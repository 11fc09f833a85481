import { callTable, type StepCalls } from './calls.js';
import { orderMessage, treesOf } from './order.js';
import { toldBy } from './told.js';

/** A step as the guide shows it. */
export interface ShownStep extends StepCalls {
  readonly args: readonly string[];
  /** What the engine printed, without colours. */
  readonly text: string;
}

/**
 * The guide of a teardown with what these steps printed, the calls of those that sent some, and the words of their picture:
 * all of one run, so that each RequestId is found again.
 */
export function guideOf(page: string, steps: readonly ShownStep[]): string {
  const removing = steps.filter(({ args }) => args[0] !== 'preview');
  const printed = steps.map(shown).join('\n\n');
  const [head = '', , ...rows] = callTable(removing);
  const picture = `![${orderMessage(treesOf(removing))}](../pictures/teardown-order.svg)`;
  return page
    .replace(/```console\n\$ pulumi [\s\S]*?\n```/, () => `\`\`\`console\n${printed}\n\`\`\``)
    .replace(/```console\naction [\s\S]*?\n```/, () => ['```console', head, ...rows, '```'].join('\n'))
    .replace(/^!\[.*\]\(\.\.\/pictures\/teardown-order\.svg\)$/m, () => picture);
}

function shown({ args, text }: ShownStep): string {
  const { changed, calls, counts } = toldBy(text);
  const diagnostics = calls.length === 0 ? [] : ['Diagnostics:', ...calls];
  return [`$ pulumi ${args.join(' ')}`, ...changed, ...diagnostics, 'Resources:', ...counts].join('\n');
}
