import { Option } from 'commander';

const VARIABLE = 'ALICLOUD_MEDIA_ADOPT';

export type Shell = 'sh' | 'powershell' | 'cmd';

export const SHELL_OPTION = new Option('--shell <shell>', 'whose line to print')
  .choices(['sh', 'powershell', 'cmd'])
  .default('sh');

/** Each quotes all that such an id may hold, and more. */
const LINES: Readonly<Record<Shell, (value: string) => string>> = {
  sh: (value) => `${VARIABLE}='${value.replaceAll("'", "'\\''")}' pulumi up`,
  powershell: (value) =>
    `$env:${VARIABLE} = '${value.replaceAll("'", "''")}'; pulumi up; Remove-Item env:${VARIABLE}`,
  cmd: (value) => `set "${VARIABLE}=${value.replaceAll('%', '%%')}" && pulumi up & set "${VARIABLE}="`,
};

/** The line that goes on: one run takes over these, and no other. */
export function adoptLine(ids: readonly string[], shell: Shell): string {
  return LINES[shell](ids.join(','));
}
