/** The engine hands a plugin the keys of its own namespace alone, so that is where they are to be corrected. */
export function inNamespace(text: string): string {
  return text.replaceAll(/\balicloud:(?=[a-z])/g, 'alicloud-media:');
}
