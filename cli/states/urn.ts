/** `urn:pulumi:STACK::PROJECT::TYPES::NAME`: a name may hold the separator, too. */
export function urnParts(urn: string): { stack: string; project: string; type: string; name: string } {
  const [head = '', project = '', types = '', ...name] = urn.split('::');
  return {
    stack: head.replace(/^urn:pulumi:/, ''),
    project,
    type: types.split('$').at(-1) ?? '',
    name: name.join('::'),
  };
}
