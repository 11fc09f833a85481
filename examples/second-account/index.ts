import * as pulumi from '@pulumi/pulumi';
import { mps, Provider } from 'pulumi-alicloud-media';

const config = new pulumi.Config();

// A profile of the Alibaba Cloud CLI is a reference: no key of the second account enters the program or the state.
// With `accountId`, a profile that leads to any other account is an error before the first request.
const archive = new Provider('archive', {
  profile: config.get('archiveProfile') ?? 'archive',
  accountId: config.require('archiveAccountId'),
  region: 'cn-hangzhou',
});

// Without the option `provider`: the account and the region of the stack.
const renditions = new mps.OutputBucket('renditions', { bucket: 'media-renditions' });

const copies = new mps.OutputBucket('copies', { bucket: 'media-copies' }, { provider: archive });

export const account = renditions.accountId;
export const archiveAccount = copies.accountId;
