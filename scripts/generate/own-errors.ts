import { TransportError } from '../../provider/alicloud/answers/errors.js';
import {
  AccountMismatchError,
  ClaimedLinkError,
  DoubtfulLinkError,
  LinkExistsError,
  RemadeError,
  UnseenLinkError,
  WaitTimeoutError,
} from '../../provider/lifecycle/failures.js';
import { HELD } from '../../provider/lifecycle/held.js';

/** An error of the provider itself, as the page of errors explains it. */
export interface OwnError {
  /** Words of its message by which a person finds it. */
  readonly says: string;
  readonly means: string;
  readonly cure: string;
  /** One such error: its message has to have the words. Absent where the words are the class's own. */
  readonly example?: Error;
}

const ID = 'cn-shanghai/media/videos/oss://media-originals';
const TITLE = 'imm.DatasetBinding';

/** The errors that come of no code of a service. */
export const OWN_ERRORS: readonly OwnError[] = [
  {
    says: 'it exists already',
    means: 'The link is there, and nothing says that this resource may have it. Nothing was changed.',
    cure: 'If another stack or a person owns it, leave it to them. To take it over, set `adopt: true`, or run once with the line that the error prints. After a rename, tell Pulumi with `aliases`.',
    example: new LinkExistsError(TITLE, ID, ''),
  },
  {
    says: 'has it in this stack',
    means: 'Two resources of your program name one link. Nothing was sent.',
    cure: 'Remove one of the two from the program. The link stays with the other.',
    example: new ClaimedLinkError('another resource'),
  },
  {
    says: 'the listing does not show it, and may be cut off',
    means:
      'An account with 100 or more media buckets: no look can prove that the bucket is free. Nothing was sent.',
    cure: 'Look the bucket up in the MPS console. If it is not registered, or is yours, set `adopt: true`, or run once with the line that the error prints.',
    example: new UnseenLinkError('mps.OutputBucket', ID),
  },
  {
    says: 'was cut off',
    means:
      'A create of an earlier run was cut off, too long ago to tell whether it made what is there now. Nothing was sent.',
    cure: 'Look it up in the console. If it is not yours, run `pulumi state delete`. If it is, run once with the line that the error prints.',
    example: new DoubtfulLinkError('mps.OutputBucket', ID, undefined),
  },
  {
    says: 'removed while this waited for it',
    means:
      'While the provider waited, somebody removed what it had made, and made it again. The new one is left alone.',
    cure: 'Find out who did that. Then run `up` again, with `adopt: true` if you want theirs.',
    example: new RemadeError('then', 'now'),
  },
  {
    says: HELD,
    means:
      'A project or a dataset still has something in it, which the error names with its owner. Nothing of it was removed.',
    cure: 'Remove what it names, or let its stack do it; then run the command again. For index entries of a dataset, set `forceDestroy: true` and run `up` first.',
  },
  {
    says: 'it belongs to account',
    means:
      'The credentials are of another account than the one the state names. No request about the link was sent.',
    cure: 'Run the command with credentials of the account that owns it.',
    example: new AccountMismatchError('1000000000000001', '2000000000000002', 'a profile'),
  },
  {
    says: 'last seen:',
    means: 'The timeout of the operation ended while the provider waited. What it made is in the state.',
    cure: 'Run the same command again, or set a longer `customTimeouts`.',
    example: new WaitTimeoutError('waiting for Running', 600_000, 'Ready', 'create'),
  },
  {
    says: 'no reply within',
    means:
      'The service was not reached, or its answer was lost. The provider tried again until the timeout, and looked before it sent a change again.',
    cure: 'Check the network, the proxy and the endpoint. `npx pulumi-alicloud-media doctor` tests each of them.',
    example: new TransportError(
      'imm',
      'GetBinding',
      'no reply within 10 s from https://imm.cn-shanghai.aliyuncs.com',
      true,
    ),
  },
];
