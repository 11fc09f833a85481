import { pluginType, typeToken } from '../../../provider/lifecycle/description.js';
import type { Properties } from '../../../provider/lifecycle/lifecycle.js';
import type { Host } from '../../support/cli/stack.js';

/** What a step needs to know of a link; those of test/support/links/links.ts are such. */
interface Named {
  readonly description: Parameters<typeof typeToken>[0];
  readonly id: string;
  readonly inputs: Properties;
}

interface Told {
  readonly name?: string;
  readonly host?: Host;
  /** More of the old state, or instead of what it has. */
  readonly state?: Properties;
  /** The inputs that it is to have. */
  readonly news?: Properties;
  readonly reasons?: readonly string[];
}

export const ACCOUNT = '1000000000000001';
const PROVIDER = 'urn:pulumi:test::media::pulumi:providers:some::default::1';

export function urnOf({ description }: Named, name: string, host: Host = 'dynamic'): string {
  const type = host === 'plugin' ? pluginType(description) : typeToken(description);
  return `urn:pulumi:test::media::${type}::${name}`;
}

/** A step as `pulumi preview --json` writes it. */
export function step(op: string, link: Named, told: Told = {}): Properties {
  const { name = 'ours', host = 'dynamic', state = {}, news, reasons } = told;
  const urn = urnOf(link, name, host);
  const type = host === 'plugin' ? pluginType(link.description) : typeToken(link.description);
  const shared = { urn, type, custom: true, provider: PROVIDER };
  const { id, inputs } = link;
  const isMade = ['create', 'import'].includes(op);
  const isGone = ['delete', 'delete-replaced', 'discard'].includes(op);
  return {
    op,
    urn,
    ...(isMade
      ? {}
      : { oldState: { ...shared, id, inputs, outputs: { ...inputs, accountId: ACCOUNT }, ...state } }),
    ...(isGone ? {} : { newState: { ...shared, inputs: news ?? inputs } }),
    ...(reasons ? { diffReasons: reasons, replaceReasons: reasons } : {}),
    detailedDiff: null,
  };
}

/** The text of a preview with these steps. */
export function preview(steps: readonly Properties[], more: Properties = {}): string {
  return JSON.stringify({ config: {}, steps, duration: 1, changeSummary: {}, ...more });
}
