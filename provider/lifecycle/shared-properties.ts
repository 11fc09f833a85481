import { REGION_ID, REGION_RULE } from '../alicloud/configuration/region-id.js';

/** The region of a link, to complete with what is there and where that is written. */
export const REGION = {
  type: 'string',
  replaces: true,
  matches: REGION_ID,
  rule: REGION_RULE,
  default: 'the region of the provider, else `alicloud:region`, else `ALICLOUD_REGION` and the like',
  example: 'cn-shanghai',
} as const;

/** The argument that takes over a link, by what the link is called. */
export function adoptOf(link: string) {
  return {
    type: 'boolean',
    description: `Take over ${/^[aeiou]/.test(link) ? 'an' : 'a'} ${link} that exists already and is in no stack. Holds for the ${link} that it was given for; a change sends nothing.`,
    default: '`false`',
    example: 'true',
  } as const;
}

/** The output that tells whose a link is. */
export function accountIdOf(link: string) {
  return {
    type: 'string',
    optional: true,
    description: `The account that owns the ${link}. Absent under \`skipRequestingAccountId\` without an \`accountId\`.`,
  } as const;
}

/** An OSS bucket by its name, to complete with which one it is. */
export const BUCKET = {
  type: 'string',
  required: true,
  replaces: true,
  matches: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  rule: '3 to 63 lower-case letters, digits or "-", beginning and ending with a letter or digit',
  source: 'api-facts.md §3.3',
  example: 'my-bucket',
} as const;
