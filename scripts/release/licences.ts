/** Permissive ones, which ask for their text with every copy and for nothing else. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** Whether all that an SPDX expression asks for is allowed; of `OR` one is enough. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, ' ');
  // None of ours mixes both: what does is looked at by a person.
  if (/ AND /.test(plain) && / OR /.test(plain)) return false;
  const names = plain.split(/ AND | OR /).map((name) => name.trim());
  const allowed = (name: string) => ALLOWED.includes(name);
  return / OR /.test(plain) ? names.some(allowed) : names.every(allowed);
}
