/** Milliseconds. What takes longer on this very machine has no answer. */
const LONGEST = 5_000;

/**
 * Asks the emulator; what it refuses is thrown in its own words.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  const reply = await fetch(`/_emulator/${path}`, {
    method,
    signal: AbortSignal.timeout(LONGEST),
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(answer.error ?? `status ${reply.status}`);
  return answer;
}
