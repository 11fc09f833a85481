import { NotFoundError, UnknownCodeError } from '../../alicloud/answers/errors.js';
import type { Answer } from '../../alicloud/sending/wire.js';
import type { Evidence } from '../../lifecycle/evidence.js';
import type { Operation, Sender } from '../../lifecycle/operation.js';
import type { Sending } from '../../lifecycle/sending.js';
import type { Row } from '../../lifecycle/values.js';
import { pages } from '../pages.js';
import { projectMissing } from '../parent-missing.js';

/** What names an attachment; the service asks for the bucket alone, since a bucket has one project. */
export interface AttachmentInputs {
  readonly region: string;
  readonly projectName: string;
  readonly bucket: string;
  readonly description?: string;
}

/** An attachment as the service shows it. */
export interface Attachment {
  readonly projectName: string;
  readonly description: string;
  readonly createTime: string;
}

/** The words of a code or a text that no table has, and that says what is meant (api-facts.md §2.8). */
const NOT_ATTACHED = /not[ ._-]?attached/i;

/**
 * Looks at the attachment of a bucket, to whatever project; and where none is shown, in the listing of its own, which
 * tells a project that is missing from an attachment that is.
 */
export async function lookAtAttachment(
  operation: Operation,
  inputs: AttachmentInputs,
): Promise<Evidence<Attachment>> {
  const { region, bucket } = inputs;
  const get = {
    service: 'imm',
    region,
    action: 'GetOSSBucketAttachment',
    params: { OSSBucket: bucket },
  } as const;
  try {
    const found = attachmentIn((await operation.request(get)).body);
    if (found !== undefined) return { is: 'present', found };
  } catch (error) {
    if (!(error instanceof NotFoundError) && !saysNotAttached(error)) throw error;
  }
  return listed(operation, inputs);
}

/** A listing answers only where the project is, and shows all of it. */
async function listed(operation: Operation, inputs: AttachmentInputs): Promise<Evidence<Attachment>> {
  const { region, projectName, bucket } = inputs;
  try {
    const row = (await listAttached(operation, inputs)).find(({ OSSBucket }) => OSSBucket === bucket);
    const found = row && attachmentIn({ ProjectName: projectName, ...row });
    return found === undefined ? { is: 'absent' } : { is: 'present', found };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const why = 'It cannot be deleted while a bucket is attached to it';
    throw projectMissing(operation.kind, { what: 'the attachment', region, projectName, why }, error);
  }
}

/** The buckets that are attached to a project. */
export function listAttached(
  sender: Pick<Sender, 'request'>,
  { region, projectName }: Pick<AttachmentInputs, 'region' | 'projectName'>,
): Promise<readonly Row[]> {
  const params = { ProjectName: projectName, MaxResults: 100 };
  return pages(sender, { region, action: 'ListAttachedOSSBuckets', field: 'AttachedOSSBuckets', params });
}

/** The same, each as a look at it finds it. */
export async function listAttachments(
  sender: Pick<Sender, 'request'>,
  region: string,
  projectName: string,
): Promise<readonly (Attachment & { readonly bucket: string })[]> {
  const rows = await listAttached(sender, { region, projectName });
  return rows.flatMap((row) => {
    const found = attachmentIn({ ProjectName: projectName, ...row });
    return found === undefined || typeof row.OSSBucket !== 'string'
      ? []
      : [{ ...found, bucket: row.OSSBucket }];
  });
}

/** Attaches or detaches, once. */
export function attaching(
  operation: Operation,
  { region, projectName, bucket, description }: AttachmentInputs,
  action: 'AttachOSSBucket' | 'DetachOSSBucket',
  sending: Sending,
): Promise<Answer> {
  const params = {
    OSSBucket: bucket,
    ...(action === 'AttachOSSBucket' && { ProjectName: projectName }),
    ...(action === 'AttachOSSBucket' && description !== undefined && { Description: description }),
  };
  const changes = `${region}/${projectName}/oss://${bucket}`;
  return operation.send({ service: 'imm', region, action, params, changes }, sending);
}

function attachmentIn(row: Row): Attachment | undefined {
  const projectName = text(row.ProjectName);
  if (projectName === '') return undefined;
  return { projectName, description: text(row.Description), createTime: text(row.CreateTime) };
}

/** Samples of the service have stray quotes inside of the values (api-facts.md §2.8). */
function text(value: unknown): string {
  return typeof value === 'string' ? value.replace(/^"+|"+$/g, '') : '';
}

/** A refusal that means that the bucket has no attachment. */
export function saysNotAttached(error: unknown): boolean {
  return (
    error instanceof UnknownCodeError && (NOT_ATTACHED.test(error.code) || NOT_ATTACHED.test(error.text))
  );
}
