import { readGiven } from '../read-file.js';

/** What may be deleted or replaced without being counted. */
export interface Allowed {
  /** Whether a line names this link; it counts as used then. */
  takes(title: string, id: string, adoptedBy: string): boolean;
  /** The lines that named nothing yet, each once. */
  unmatched(): readonly string[];
}

/**
 * Reads ids, one a line: by themselves, or with what they are in front, `mps.OutputBucket:cn-shanghai/media`. The id of
 * a project needs that, as it does in ALICLOUD_MEDIA_ADOPT: an output bucket may have the same.
 */
export function allowedIn(text: string): Allowed {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  const unused = new Set(lines);
  const all = new Set(lines);
  return {
    takes(title, id, adoptedBy) {
      const names = [adoptedBy, `${title}:${id}`].filter((name) => all.has(name));
      for (const name of names) unused.delete(name);
      return names.length > 0;
    },
    unmatched: () => [...unused].sort(),
  };
}

export function readAllowed(file: string | undefined): Allowed {
  if (file === undefined) return allowedIn('');
  return allowedIn(readGiven(file, `--allow ${file}`).toString('utf8'));
}
