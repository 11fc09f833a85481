import { version } from './package-version.js';

export function userAgent(suffix?: string): string {
  const own = `pulumi-alicloud-media/${version()} Node.js/${process.versions.node}`;
  return suffix === undefined ? own : `${own} ${suffix}`;
}
