import { imm, mps } from 'pulumi-alicloud-media';

const library = new imm.Project('library', { projectName: 'media-library', tags: { team: 'media' } });
const videos = new imm.Dataset('videos', { project: library, datasetName: 'videos' });

// Each takes the resource that it hangs on, so Pulumi makes them from the project down and deletes from the leaves up.
const originals = new imm.DatasetBinding('originals', { dataset: videos, uri: 'oss://media-originals' });
const uploads = new imm.DatasetBinding('uploads', { dataset: videos, uri: 'oss://media-uploads' });

const input = new mps.InputBucket('uploads', { bucket: 'media-uploads' });
const output = new mps.OutputBucket('renditions', { bucket: 'media-renditions' });

export const bindings = [originals.status, uploads.status];
export const buckets = [input.bucket, output.bucket];
