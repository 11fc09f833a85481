import { imm, mps } from 'pulumi-alicloud-media';

const library = new imm.Project('library', { projectName: 'media-library', tags: { team: 'media' } });
const videos = new imm.Dataset('videos', { project: library, datasetName: 'videos' });

// The uploads are gone from the program: `pulumi up` ends their binding and their registration.
const originals = new imm.DatasetBinding('originals', { dataset: videos, uri: 'oss://media-originals' });

const output = new mps.OutputBucket('renditions', { bucket: 'media-renditions' });

export const bindings = [originals.status];
export const buckets = [output.bucket];
