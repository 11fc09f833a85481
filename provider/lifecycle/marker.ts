/** Tells a `get` from a refresh: a link that is missing is an error for the one, and news for the other. */
export const GET_MARKER = '__get';
/** What the program calls the resource; `__name` is Pulumi's own. */
export const NAME = '__resourceName';
