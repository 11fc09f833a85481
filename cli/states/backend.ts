import { execFile } from 'node:child_process';

/** What a state may take, as text. */
const MOST_BYTES = 2 ** 30;

/**
 * Pulumi's own command line reads its backends: every kind of them, with the credentials that it has already. It leaves
 * secrets as they are in the state.
 */
function pulumi(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Buffer> {
  const env = { ...environment, PULUMI_SKIP_UPDATE_CHECK: 'true' };
  return new Promise((done, fail) => {
    execFile(
      'pulumi',
      [...args, '--non-interactive', '--color=never'],
      { env, encoding: 'buffer', maxBuffer: MOST_BYTES },
      (error, stdout, stderr) => {
        if (error === null) return done(stdout);
        const { code } = error;
        const why =
          code === 'ENOENT'
            ? 'Pulumi is not on PATH, and its own command reads its backends. Install it, or give the states as files.'
            : stderr.toString('utf8').trim();
        return fail(new Error(`pulumi ${args.join(' ')}: ${why}`));
      },
    );
  });
}

/** Every stack of the backend, by the name that Pulumi takes. */
export async function listStacks(environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const listed = await pulumi(['stack', 'ls', '--all', '--json'], environment);
  return (JSON.parse(listed.toString('utf8')) as { name: string }[]).map(({ name }) => name);
}

/** The state of a stack; of the selected one without a name. */
export function exportStack(name: string | undefined, environment: NodeJS.ProcessEnv): Promise<Buffer> {
  return pulumi(['stack', 'export', ...(name === undefined ? [] : ['--stack', name])], environment);
}
