/** `BucketAttachment` of `bucketAttachment`. */
export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `bucket_attachment` of `bucketAttachment`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `bucket-attachment` of `BucketAttachment`. */
export function kebab(name: string): string {
  return name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
}

/** A text as lines of a comment. */
export function commented(text: string): string {
  return text.replace(/(.{1,105})(\s|$)/g, ' * $1\n').trimEnd();
}
