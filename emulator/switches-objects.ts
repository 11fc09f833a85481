import { choice, milliseconds } from './switch-kinds.js';

/** Projects, datasets and attached buckets of IMM. */
export const OBJECT_SWITCHES = {
  attachAgain: choice(['ResourceAlreadyExists', 'success'], {
    default: 'ResourceAlreadyExists',
    source: 'api-facts.md §2.8',
    meaning: 'AttachOSSBucket of a bucket that is attached to this project',
  }),
  attachToOther: choice(['moves', 'ResourceAlreadyExists'], {
    // Somebody else would lose theirs.
    default: 'moves',
    source: 'api-facts.md §2.8',
    meaning: 'AttachOSSBucket of a bucket that is attached to another project',
  }),
  detachMissing: choice(['OSSBucketNotAttached', 'ResourceNotFound', 'success'], {
    // A code nobody documents.
    default: 'OSSBucketNotAttached',
    source: 'api-facts.md §2.8',
    meaning:
      'DetachOSSBucket of a bucket that is not attached (OSSBucketNotAttached stands for a code not documented)',
  }),
  getMissingAttachment: choice(['OSSBucketNotAttached', 'ResourceNotFound', 'empty'], {
    default: 'OSSBucketNotAttached',
    source: 'api-facts.md §2.8',
    meaning:
      'GetOSSBucketAttachment of a bucket that is not attached: an error, or a reply with an empty ProjectName',
  }),
  attachmentTimes: choice(['quoted', 'milliseconds', 'nanoseconds'], {
    // As in the sample of the page: stray quotes inside of the value.
    default: 'quoted',
    source: 'api-facts.md §2.8',
    meaning: 'how GetOSSBucketAttachment writes its times',
  }),
  datasetNotEmptyStatus: choice([409, 400], {
    default: 409,
    source: 'api-facts.md §2.7',
    meaning: 'the HTTP status of DeleteDataset while bindings or index entries are left',
  }),
  projectNameFreeAfterMs: milliseconds([200, 0], {
    default: 200,
    source: 'api-facts.md §2.7',
    meaning: 'CreateProject answers StatusConflict for so long after a project of this name was deleted',
  }),
  tagsOnUpdate: choice(['add', 'replace'], {
    default: 'add',
    source: 'api-facts.md §2.7',
    meaning: 'whether UpdateProject adds its tags to those there are, or puts them in their place',
  }),
  emptyDescription: choice(['refused', 'ignored', 'clears'], {
    default: 'refused',
    source: 'api-facts.md §2.7',
    meaning: 'what an empty Description does in UpdateProject and UpdateDataset',
  }),
  datasetLimitsUnset: choice(['project', 'own'], {
    default: 'project',
    source: 'api-facts.md §2.7',
    meaning:
      'what GetDataset shows of limits that the dataset was given none of: those of the project, or the defaults',
  }),
  updateVisibleAfterMs: milliseconds([0, 300], {
    default: 0,
    source: 'api-facts.md §2.7',
    meaning: 'reads show what UpdateProject and UpdateDataset changed only so long after they were answered',
  }),
  objectVisibleAfterMs: milliseconds([0, 300], {
    default: 0,
    source: 'api-facts.md §2.8',
    meaning:
      'reads show projects, datasets and attachments, made or deleted, only so long after that was answered',
  }),
  deletedChildLingersMs: milliseconds([0, 300], {
    default: 0,
    source: 'api-facts.md §2.7',
    meaning: 'DeleteProject and DeleteDataset count for so long what was deleted before',
  }),
};
