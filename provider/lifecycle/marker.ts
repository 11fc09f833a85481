/** Tells a `get` from a refresh: a link that is missing is an error for the one, and news for the other. */
export const GET_MARKER = '__get';
