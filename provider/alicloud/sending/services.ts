/** The three services this package talks to, by the names that Alibaba Cloud gives their endpoints. */
export type Service = 'imm' | 'mts' | 'sts';

interface ServiceDescription {
  /** What a person calls it. */
  readonly title: string;
  readonly version: string;
  /** Public regions and the host that serves each (api-facts.md §2.6, §3.2). */
  readonly hosts: Readonly<Record<string, string>>;
}

const named = (service: string, regions: string): Record<string, string> =>
  Object.fromEntries(regions.split(' ').map((region) => [region, `${service}.${region}.aliyuncs.com`]));

export const SERVICES: Readonly<Record<Service, ServiceDescription>> = {
  imm: {
    title: 'IMM',
    version: '2020-09-30',
    hosts: {
      ...named(
        'imm',
        'cn-qingdao cn-beijing cn-zhangjiakou cn-wulanchabu cn-hangzhou cn-shanghai cn-shenzhen cn-guangzhou ' +
          'cn-chengdu cn-hongkong ap-southeast-1 ap-southeast-5 eu-central-1 eu-west-1 us-east-1 us-west-1',
      ),
      'cn-beijing-gov-1': 'imm-vpc.cn-beijing-gov-1.aliyuncs.com',
    },
  },
  mts: {
    title: 'MPS',
    version: '2014-06-18',
    hosts: named(
      'mts',
      'cn-qingdao cn-beijing cn-zhangjiakou cn-hangzhou cn-shanghai cn-shenzhen cn-hongkong ap-northeast-1 ' +
        'ap-southeast-1 ap-southeast-5 eu-central-1 eu-west-1 us-west-1',
    ),
  },
  // One host serves every region: GetCallerIdentity and AssumeRole answer the same everywhere.
  sts: { title: 'STS', version: '2015-04-01', hosts: {} },
};

export const STS_HOST = 'sts.aliyuncs.com';

/** The regions that a service lists, or every region either of them lists where the service is global. */
export function regionsOf(service: Service): readonly string[] {
  return Object.keys(SERVICES[service].hosts);
}
