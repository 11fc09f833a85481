/** What a line of a comment may take of one name; the longest id of this package has under 400. */
const MOST = 400;

/** Moves, hides or reorders what stands beside it, or shows as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** Markdown takes a space at both ends for its own, and shows many as one. */
const HIDDEN_SPACE = /^ | $| (?= )/g;

/**
 * A name from a program or a state as code of Markdown, in one line: nothing in it is a link, a mention, a tag, an end
 * of the code, or more than it shows. What cannot be seen stands there as `\u{202e}`.
 */
export function codeSpan(text: string): string {
  const seen = text.replace(UNSEEN, escaped).replace(HIDDEN_SPACE, escaped);
  const plain = cut(seen);
  if (plain === '') return '(no name)';
  const runs = (plain.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function cut(text: string): string {
  if (text.length <= MOST) return text;
  // Not within a character of two units.
  return `${text.slice(0, MOST).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
