import { describe, expect, it } from 'vitest';
import { ERROR_CODES, errorOf } from '../../../provider/alicloud/answers/error-codes.js';
import { NotFoundError } from '../../../provider/alicloud/answers/errors.js';
import type { Service } from '../../../provider/alicloud/sending/services.js';

const classOf = (service: Service, code: string) => {
  const error = errorOf({ service, action: 'Action', code, text: 'why' });
  expect(error.hint).not.toBe('');
  return error.name.replace(/Error$/, '');
};

/** api-facts.md §4 and §3.1 (Throttling, InternalError): the gateway in front of every service. */
const GATEWAY: Readonly<Record<string, string>> = {
  Throttling: 'Throttled',
  'Throttling.User': 'Throttled',
  'Throttling.Api': 'Throttled',
  'Rejected.Throttling': 'Throttled',
  ServiceUnavailable: 'Transient',
  InternalError: 'Transient',
  SystemBusy: 'Transient',
  LastTokenProcessing: 'Transient',
  OperationConflict: 'Transient',
  SignatureNonceUsed: 'NonceUsed',
  SignatureDoesNotMatch: 'WrongKeys',
  'InvalidTimeStamp.Format': 'Denied',
  'InvalidTimeStamp.Expired': 'Denied',
  'InvalidAccessKeyId.NotFound': 'WrongKeys',
  'InvalidSecurityToken.Malformed': 'WrongKeys',
  'InvalidSecurityToken.MismatchWithAccessKey': 'WrongKeys',
  'InvalidSecurityToken.Expired': 'Expired',
  SecurityTokenExpired: 'Expired',
  'InvalidAccessKeyId.Expired': 'Expired',
  Forbidden: 'Forbidden',
  'Forbidden.RAM': 'Forbidden',
  NoPermission: 'Forbidden',
  AccessDenied: 'Forbidden',
  'InvalidProduct.NotFound': 'Invalid',
  'InvalidApi.NotFound': 'Invalid',
  'InvalidAction.NotFound': 'Invalid',
  'InvalidProtocol.NeedSsl': 'Invalid',
  'Nobody.Knows': 'UnknownCode',
  '': 'UnknownCode',
  toString: 'UnknownCode',
};

/** api-facts.md §2.5. */
const IMM: Readonly<Record<string, string>> = {
  InvalidArgument: 'Invalid',
  MissingProjectName: 'Invalid',
  InvalidDatasetName: 'Invalid',
  LimitExceededError: 'Invalid',
  ResourceAlreadyExists: 'Exists',
  ResourceNotFound: 'NotFound',
  StatusConflict: 'Conflict',
  // Not the code of this API, or not a whole one.
  ResourceAlreadyExist: 'UnknownCode',
  resourcenotfound: 'UnknownCode',
  'ResourceNotFound.Project': 'UnknownCode',
  'Bucket.AlreadyBind': 'UnknownCode',
  DatasetNotEmpty: 'UnknownCode',
};

/** api-facts.md §3.1. */
const MTS: Readonly<Record<string, string>> = {
  'Bucket.AlreadyBind': 'Exists',
  'InvalidParameter.BucketNameInvalid': 'Invalid',
  'InvalidParameter.ResourceNotFound': 'NotFound',
  'InvalidParameter.ResourceDeleted': 'NotFound',
  InvalidParameter: 'Invalid',
  'InvalidParameter.NullValue': 'Invalid',
  'InvalidParameter.EmptyValue': 'Invalid',
  'InvalidParameter.OutOfRange': 'Invalid',
  'InvalidParameter.Format': 'Invalid',
  'InvalidParameter.NotSupported': 'Invalid',
  'InvalidParameter.InvalidState': 'Conflict',
  'InvalidParameter.LocationInvalid': 'Invalid',
  'PermissionDenied.ResourceAccess': 'Forbidden',
  'PermissionDenied.ResourceQuotaExceed': 'Invalid',
  'InvalidIdentity.ServiceDisabled': 'Denied',
  'Bucket.NotBind': 'UnknownCode',
  ResourceNotFound: 'UnknownCode',
};

const STS: Readonly<Record<string, string>> = {
  'EntityNotExist.Role': 'NotFound',
  'AuthenticationFail.NoPermission': 'Denied',
  'AuthenticationFail.OIDCToken.Expired': 'Denied',
  MissingRoleArn: 'Invalid',
  'InvalidParameter.RoleArn': 'Invalid',
};

describe.each([
  ['imm', IMM],
  ['mts', MTS],
  ['sts', STS],
] as const)('what a code of %s means', (service, own) => {
  it.each(Object.entries({ ...GATEWAY, ...own }))('%s is %s', (code, expected) => {
    expect(classOf(service, code)).toBe(expected);
  });
});

describe('a code with NotFound in its name', () => {
  const NO_RESOURCE = [
    'InvalidApi.NotFound',
    'InvalidProduct.NotFound',
    'InvalidAction.NotFound',
    'InvalidAccessKeyId.NotFound',
    'InvalidProject.NotFound',
    'NotFound',
    'Something.NotFound',
    'SignatureNotFound',
  ];
  it.each(NO_RESOURCE)('%s is no missing resource, by whichever service', (code) => {
    for (const service of ['imm', 'mts', 'sts'] as const)
      expect(errorOf({ service, action: 'A', code, text: 'not found' })).not.toBeInstanceOf(NotFoundError);
  });

  it('is never taken for one by its text or its HTTP status', () => {
    const fields = { service: 'imm', action: 'GetBinding', code: 'Nobody.Knows', status: 404 } as const;
    const text = 'The specified resource Binding is not found.';
    expect(errorOf({ ...fields, text })).not.toBeInstanceOf(NotFoundError);
  });
});

describe('the text of a service error', () => {
  it('has the action, the code, the message and the RequestId, and what was not given says so', () => {
    const fields = { service: 'mts', action: 'BindOutputBucket', code: 'C', text: 'why' } as const;
    expect(errorOf({ ...fields, requestId: 'R' }).message).toBe('MPS BindOutputBucket: C: why (RequestId R)');
    expect(errorOf(fields).message).toContain('RequestId not given');
  });
});

describe('no row of the table hides another', () => {
  it.each(Object.keys(ERROR_CODES) as Service[])('%s', (service) => {
    for (const row of ERROR_CODES[service]) {
      const code = row.code.replace(/\*$/, 'AnyOther');
      const { name, hint } = errorOf({ service, action: 'Action', code, text: 'why' });
      expect({ code, name, hint }).toEqual({ code, name: row.as.name, hint: row.hint });
    }
  });
});
