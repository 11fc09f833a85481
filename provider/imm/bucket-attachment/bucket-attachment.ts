import { another } from '../../lifecycle/another.js';
import { defineLink } from '../../lifecycle/define-link.js';
import type { ResourceDescription } from '../../lifecycle/description.js';
import type { Lifecycle } from '../../lifecycle/lifecycle.js';
import { accountIdOf, adoptOf, BUCKET, REGION } from '../../lifecycle/shared-properties.js';
import { timeIn } from '../../lifecycle/standing.js';
import { CREATE_TIME, PROJECT, PROJECT_ARN, PROJECT_NAME } from '../names.js';
import { type Attachment, attaching, listAttachments, lookAtAttachment } from './attachments.js';

export const description = {
  module: 'imm',
  type: 'BucketAttachment',
  service: 'imm',
  entry: 'bucket-attachment',
  summary:
    'Attaches an OSS bucket to an IMM project, so that objects of the bucket can be processed through OSS (`x-oss-process`). A bucket has one project. A project cannot be deleted while a bucket is attached to it.',
  calls: {
    make: 'AttachOSSBucket',
    remove: 'DetachOSSBucket',
    reads: ['GetOSSBucketAttachment', 'ListAttachedOSSBuckets'],
  },
  stops: 'Objects of the bucket are not processed through OSS any more.',
  replacement:
    'the bucket is detached before it is attached anew. In between its objects cannot be processed through OSS.',
  // No name of a project or a dataset holds a colon, so no other id can be read as this one.
  idFormat: '{region}/{projectName}/oss://{bucket}',
  idExample: 'cn-shanghai/my-project/oss://my-bucket',
  parents: { project: PROJECT },
  args: {
    projectName: PROJECT_NAME,
    bucket: { ...BUCKET, description: 'The name of the OSS bucket, in the region of the project.' },
    region: { ...REGION, description: 'The region of project and bucket.', source: 'api-facts.md §2.6' },
    description: {
      type: 'string',
      replaces: true,
      prose: true,
      matches: /^(?!\s*$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,128}$/u,
      rule: '1 to 128 characters that can be seen, on one line',
      description: 'What it is for, for people. The service has no action that changes it.',
      source: 'api-facts.md §2.4',
      example: 'Thumbnails of the shop',
    },
    adopt: adoptOf('attachment'),
  },
  outputs: { accountId: accountIdOf('attachment'), createTime: CREATE_TIME },
  ramActions: [
    { action: 'imm:AttachOSSBucket', steps: ['create'], resource: PROJECT_ARN },
    {
      action: 'imm:ListAttachedOSSBuckets',
      steps: ['create', 'read', 'delete', 'audit'],
      where: 'of the others where the bucket is not shown',
      resource: PROJECT_ARN,
    },
    {
      action: 'imm:GetOSSBucketAttachment',
      steps: ['create', 'read', 'delete'],
      resource: '*',
      source: 'api-facts.md §2.8',
    },
    { action: 'imm:DetachOSSBucket', steps: ['delete'], resource: '*', source: 'api-facts.md §2.8' },
  ],
} as const satisfies ResourceDescription;

export const bucketAttachment: Lifecycle = defineLink<typeof description, Attachment>(description, {
  link: (operation, inputs) => ({
    hasIdentity: true,
    showsItsEnd: false,
    // A bucket has one attachment, whatever its project is.
    place: `${inputs.region}/oss://${inputs.bucket}`,
    look: () => lookAtAttachment(operation, inputs),
    async make(sending) {
      await attaching(operation, inputs, description.calls.make, sending);
      return undefined;
    },
    remove: (sending) => attaching(operation, inputs, description.calls.remove, sending),
    madeAt: ({ createTime }) => timeIn(createTime),
    show: ({ projectName }) => `attached to ${projectName}`,
    isOther: ({ projectName }) => projectName !== inputs.projectName,
    cannotTake(found) {
      if (found.projectName !== inputs.projectName)
        return (
          `the bucket is attached to the project ${found.projectName}, and a bucket has one project. That attachment is ` +
          'left alone, and nothing was sent. Detach it there first, where it is yours.'
        );
      if (inputs.description === undefined || inputs.description === found.description) return undefined;
      return (
        `it is attached already, with the description ${JSON.stringify(found.description)}, which no action changes. ` +
        'Nothing was sent. Say the same description, or leave it out.'
      );
    },
  }),

  observed(found: Attachment, outputs) {
    const { createTime = found.createTime } = outputs;
    return { createTime, ...(outputs.description !== undefined && { description: found.description }) };
  },

  argsOf: ({ description: text }) => (text === '' ? {} : { description: text }),

  async list(operation, { region, projectName }) {
    const listed = await listAttachments(operation, String(region), String(projectName));
    const rows = listed.map(
      ({ bucket, ...found }) => [{ region, projectName, bucket }, found as Attachment] as const,
    );
    return { rows, isComplete: true };
  },

  another: ({ projectName, createTime }, outputs) =>
    another(outputs, `the bucket is attached to ${projectName} since ${createTime},`),
});
