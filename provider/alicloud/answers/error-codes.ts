import type { Service } from '../sending/services.js';
import {
  ConflictError,
  DeniedError,
  ExistsError,
  ExpiredError,
  ForbiddenError,
  InvalidError,
  NonceUsedError,
  NotFoundError,
  type ServiceError,
  type ServiceErrorFields,
  ThrottledError,
  TransientError,
  UnknownCodeError,
  WrongKeysError,
} from './errors.js';

interface ErrorClass {
  /** What it means that the service answers so. */
  readonly cause: string;
  new (fields: ServiceErrorFields, hint: string): ServiceError;
}

interface Row {
  /** The whole code, or with a trailing `*` its beginning. */
  readonly code: string;
  readonly as: ErrorClass;
  readonly hint: string;
}

const row = (as: ErrorClass, hint: string, ...codes: string[]): Row[] =>
  codes.map((code) => ({ code, as, hint }));

const LATER = 'Run the same command again later.';
const REPORT = 'Quote the RequestId to Alibaba Cloud support if it stays.';
/** What to do about a denial. */
export const PERMISSION =
  'Give the caller the RAM actions listed on the page of this resource, then run the command again.';
const KEYS = 'Correct these credentials, or give others.';
const HOST = 'Check the endpoint and the region: this host does not serve this API.';

/** What both services' gateway can answer (api-facts.md §4). "NotFound" in these is no missing resource. */
const GATEWAY: readonly Row[] = [
  ...row(ThrottledError, LATER, 'Throttling', 'Throttling.*', 'Rejected.Throttling'),
  ...row(TransientError, `${LATER} ${REPORT}`, 'ServiceUnavailable', 'InternalError', 'SystemBusy'),
  ...row(TransientError, LATER, 'LastTokenProcessing', 'OperationConflict'),
  ...row(NonceUsedError, LATER, 'SignatureNonceUsed'),
  ...row(
    DeniedError,
    'Set the clock of this machine: it differs from that of the service by more than 15 minutes.',
    'InvalidTimeStamp.*',
  ),
  ...row(
    ExpiredError,
    'Renew the credentials and run the same command again.',
    'InvalidSecurityToken.Expired',
    'SecurityTokenExpired',
    'InvalidAccessKeyId.Expired',
  ),
  ...row(WrongKeysError, KEYS, 'SignatureDoesNotMatch', 'IncompleteSignature', 'MissingAccessKeyId'),
  ...row(WrongKeysError, KEYS, 'InvalidAccessKeyId', 'InvalidAccessKeyId.*', 'MissingSecurityToken'),
  ...row(WrongKeysError, KEYS, 'InvalidSecurityToken', 'InvalidSecurityToken.*'),
  ...row(ForbiddenError, PERMISSION, 'Forbidden', 'Forbidden.*', 'NoPermission', 'NoPermission.*'),
  ...row(ForbiddenError, PERMISSION, 'AccessDenied', 'AccessDenied.*', 'ImplicitDeny', 'ExplicitDeny'),
  ...row(InvalidError, HOST, 'InvalidProduct.NotFound', 'InvalidApi.NotFound', 'InvalidVersion'),
  ...row(InvalidError, HOST, 'InvalidProtocol.NeedSsl', 'InvalidAction.NotFound'),
];

/** Which class a service's code is. The first row that fits counts; the longer code stands before the shorter. */
export const ERROR_CODES: Readonly<Record<Service, readonly Row[]>> = {
  // api-facts.md §2.5
  imm: [
    ...row(NotFoundError, 'Check the names and the region.', 'ResourceNotFound'),
    ...row(ExistsError, 'It was made outside this stack.', 'ResourceAlreadyExists'),
    ...row(
      ConflictError,
      'Wait until what the service names has ended, then run the command again.',
      'StatusConflict',
    ),
    ...row(InvalidError, 'Raise the quota or remove what is not needed.', 'LimitExceededError'),
    ...GATEWAY,
    ...row(
      InvalidError,
      'Correct the argument that the service names.',
      'InvalidArgument',
      'Missing*',
      'Invalid*',
    ),
  ],
  // api-facts.md §3.1
  mts: [
    ...row(ExistsError, 'It was registered outside this stack.', 'Bucket.AlreadyBind'),
    ...row(
      NotFoundError,
      'Check that the bucket exists in this region.',
      'InvalidParameter.ResourceNotFound',
      'InvalidParameter.ResourceDeleted',
    ),
    ...row(ConflictError, LATER, 'InvalidParameter.InvalidState'),
    ...row(ForbiddenError, PERMISSION, 'PermissionDenied.ResourceAccess'),
    ...row(
      InvalidError,
      'Raise the quota or remove what is not needed.',
      'PermissionDenied.ResourceQuotaExceed',
    ),
    ...row(
      DeniedError,
      'Activate MPS for this account, or clear what froze it.',
      'InvalidIdentity.ServiceDisabled',
    ),
    ...GATEWAY,
    ...row(
      InvalidError,
      'Correct the argument that the service names.',
      'InvalidParameter',
      'InvalidParameter.*',
    ),
  ],
  sts: [
    ...GATEWAY,
    ...row(NotFoundError, 'Check the ARN of the role.', 'EntityNotExist.Role', 'EntityNotExist.*'),
    ...row(DeniedError, 'Check the trust policy of the role and the token.', 'AuthenticationFail.*'),
    ...row(InvalidError, 'Correct the argument that the service names.', 'Missing*', 'InvalidParameter*'),
  ],
};

/**
 * The error of a code. One that no table has is judged by its HTTP status; it may be worth another try, and proves
 * nothing (proof.ts).
 */
export function errorOf(fields: ServiceErrorFields): ServiceError {
  const fits = ({ code }: Row) =>
    code.endsWith('*') ? fields.code.startsWith(code.slice(0, -1)) : fields.code === code;
  const found = ERROR_CODES[fields.service].find(fits);
  if (found) return new found.as({ ...fields, isListed: true }, found.hint);
  const hint = `This code is not in the provider's table. ${REPORT}`;
  return new (classByStatus(fields.status))(fields, hint);
}

/** What a code means that no table has. */
export function classByStatus(status: number | undefined): ErrorClass {
  if (status === 429) return ThrottledError;
  return status !== undefined && status >= 500 ? TransientError : UnknownCodeError;
}
