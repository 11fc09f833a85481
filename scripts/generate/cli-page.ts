import { type CliCommand, exitText } from '../../cli/command.js';
import { table } from './markdown.js';

/** The page of the command line, from the definitions of its commands. */
export function cliPageOf(commands: readonly CliCommand<never>[]): string {
  const list = table(
    ['command', 'does'],
    commands.map(({ name, summary }) => [`[\`${name}\`](#${name})`, summary]),
  );
  return `# The command line

\`npx pulumi-alicloud-media <command>\`: what a team runs around its stacks. Made from the definitions of the commands by \`npm run generate\`.

${list}

Every command ends with 0 where all is as it should be, with 1 where it found something, and with 2 where it could not finish or did not
understand what it was asked. What was asked for goes to standard output, all else to standard error. Colours and progress are for a
terminal only; \`NO_COLOR\` turns the colours off.

${commands.map(sectionOf).join('\n\n')}
`;
}

function sectionOf({ name, about, argument, options, examples, exits }: CliCommand<never>): string {
  const given = argument === undefined ? [] : [[`\`${argument[0]}\``, argument[1]]];
  const flags = options.map(({ flags: flag, description, defaultValue }) => [
    `\`${flag}\``,
    defaultValue === undefined ? description : `${description}; default ${defaultValue}`,
  ]);
  const lines = examples.map(({ line, does }) => `# ${does}\n${line}`).join('\n\n');
  return `## ${name}

${about}

${table(['option', 'is'], [...given, ...flags])}

\`\`\`sh
${lines}
\`\`\`

${exitText(exits)}`;
}
