/**
 * What the id of a region looks like, wherever it comes from: `cn-shanghai`, `cn-beijing-gov-1`, `rus-west-1`. It becomes
 * part of a host name and of an id that has to be read again, so no other text is ever taken for one.
 */
export const REGION_ID = /^[a-z]{2,}(-[a-z0-9]+)+$/;

/** The same as a person says it. */
export const REGION_RULE = 'the id of a region, such as cn-shanghai';
