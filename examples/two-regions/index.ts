import { imm, mps } from 'pulumi-alicloud-media';

/** The region goes from the project to all that hangs on it; a media bucket says its own. */
function mediaIn(region: string): imm.DatasetBinding {
  const library = new imm.Project(`library-${region}`, { projectName: 'media-library', region });
  const videos = new imm.Dataset(`videos-${region}`, { project: library, datasetName: 'videos' });
  new mps.OutputBucket(`renditions-${region}`, { bucket: `renditions-${region}`, region });
  return new imm.DatasetBinding(`originals-${region}`, {
    dataset: videos,
    uri: `oss://originals-${region}`,
  });
}

export const statuses = ['cn-shanghai', 'cn-beijing'].map((region) => mediaIn(region).status);
