import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../provider/alicloud/answers/errors.js';
import { endpointFor, overridesInForce, regionProblem } from '../../../provider/alicloud/sending/endpoint.js';
import { problems, read } from './read.js';

describe('endpoints', () => {
  const list =
    '[{"imm":"imm-vpc.cn-shanghai.aliyuncs.com","ecs":"x"},{"mts":"https://mts.example.com","oss":5}]';

  test('of the configuration: a list of objects or an object, other services passed over', () => {
    expect(read({ 'alicloud:endpoints': list }).endpoints).toEqual({
      imm: { url: 'https://imm-vpc.cn-shanghai.aliyuncs.com', source: 'config alicloud:endpoints' },
      mts: { url: 'https://mts.example.com', source: 'config alicloud:endpoints' },
    });
    expect(read({ 'alicloud:endpoints': '{"sts":"sts.example.com","imm":""}' }).endpoints).toEqual({
      sts: { url: 'https://sts.example.com', source: 'config alicloud:endpoints' },
    });
  });

  test.each([
    ['imm', 'IMM_ENDPOINT'],
    ['mts', 'MTS_ENDPOINT'],
    ['sts', 'STS_ENDPOINT'],
  ] as const)('of %s: %s wins over the configuration', (service, variable) => {
    const config = { 'alicloud:endpoints': JSON.stringify([{ [service]: 'other.example.com' }]) };
    const { endpoints } = read(config, { [variable]: 'http://127.0.0.1:4010/' });
    expect(endpoints[service]).toEqual({ url: 'http://127.0.0.1:4010', source: `environment ${variable}` });
  });

  test.each([
    'http://localhost:1',
    'http://[::1]:1',
    'http://127.9.8.7:1',
    'imm.example.com:8443',
    'https://imm.example.com',
  ])('%s is accepted', (text) => {
    expect(problems({}, { IMM_ENDPOINT: text })).toEqual([]);
  });

  test.each([
    ['http://127.0.0.1.example.com', 'http:// is for this machine alone'],
    ['http://10.0.0.1', 'http:// is for this machine alone'],
    ['ftp://imm.example.com', 'must be a host, or an https:// URL of one'],
    ['imm example com', 'must be a host, or an https:// URL of one'],
    ['https://user:hidden-word@imm.example.com', 'must be a host and nothing more'],
    ['https://imm.example.com/?key=hidden-word', 'must be a host and nothing more'],
    ['https://imm.example.com/path', 'must be a host and nothing more'],
  ])('%s is refused', (text, told) => {
    const [problem] = problems({}, { MTS_ENDPOINT: text });
    expect(problem).toContain(`MTS_ENDPOINT`);
    expect(problem).toContain(told);
    expect(problem).not.toContain('hidden-word');
  });

  test.each([
    ['{"mps":"mts.example.com"}', "the endpoint of MPS is 'mts'"],
    ['[{"imm":"a.example.com"},{"imm":"b.example.com"}]', 'is given twice'],
    ['[{"imm":5}]', 'alicloud:endpoints.imm must be a text'],
    ['imm.example.com', 'must be an object, or a list of objects'],
  ])('%s is refused', (text, told) => {
    expect(problems({ 'alicloud:endpoints': text })[0]).toContain(told);
  });

  test('what is in force is said', () => {
    expect(
      overridesInForce(read({ 'alicloud:endpoints': list }, { STS_ENDPOINT: 'sts.example.com' })),
    ).toEqual([
      'IMM requests go to https://imm-vpc.cn-shanghai.aliyuncs.com (config alicloud:endpoints).',
      'MPS requests go to https://mts.example.com (config alicloud:endpoints).',
      'STS requests go to https://sts.example.com (environment STS_ENDPOINT).',
    ]);
    expect(overridesInForce(read({}))).toEqual([]);
  });

  test.each([
    ['imm', 'cn-shanghai', 'https://imm.cn-shanghai.aliyuncs.com'],
    ['imm', 'cn-beijing-gov-1', 'https://imm-vpc.cn-beijing-gov-1.aliyuncs.com'],
    ['mts', 'cn-chengdu', 'https://mts.cn-chengdu.aliyuncs.com'],
    ['imm', 'xx-new-1', 'https://imm.xx-new-1.aliyuncs.com'],
    ['sts', 'cn-shanghai', 'https://sts.aliyuncs.com'],
  ] as const)('without an override %s in %s is at %s', (service, region, url) => {
    expect(endpointFor(service, region, read({}))).toBe(url);
  });

  test('a region that is no region never becomes part of a host', () => {
    expect(() => endpointFor('imm', 'x.example.com/', read({}))).toThrow(ConfigurationError);
    expect(() => endpointFor('imm', 'constructor', read({}))).toThrow(ConfigurationError);
  });

  test.each([
    ['imm.cn-shanghai.aliyuncs.com', 'cn-shanghai', undefined],
    ['imm-vpc.cn-shanghai.aliyuncs.com', 'cn-shanghai', undefined],
    ['imm.example.com', 'cn-shanghai', undefined],
    ['imm.cn-beijing-gov-1.aliyuncs.com', 'cn-beijing-gov-1', undefined],
    ['imm.cn-beijing.aliyuncs.com', 'cn-shanghai', 'cn-beijing'],
    ['imm-cn-beijing.example.com', 'cn-shanghai', 'cn-beijing'],
    ['imm.cn-beijing-gov-1.aliyuncs.com', 'cn-beijing', 'cn-beijing-gov-1'],
    ['imm.cn-beijing.aliyuncs.com', 'cn-beijing-gov-1', 'cn-beijing'],
    ['imm.cn-shanghai.aliyuncs.com', 'xx-new-1', 'cn-shanghai'],
    // Not listed, but the hosts of the services are all of one form.
    ['imm.rus-west-1.aliyuncs.com', 'rus-west-1', undefined],
    ['imm.rus-west-1.aliyuncs.com', 'cn-shanghai', 'rus-west-1'],
    ['imm-vpc.xx-new-1.aliyuncs.com', 'cn-shanghai', 'xx-new-1'],
    ['imm.cn-shanghai-finance-1.aliyuncs.com', 'cn-shanghai', 'cn-shanghai-finance-1'],
    ['imm.cn-shanghai-finance-1.aliyuncs.com', 'cn-shanghai-finance-1', undefined],
    ['imm.aliyuncs.com', 'cn-shanghai', undefined],
    ['imm.shanghai.aliyuncs.com', 'cn-shanghai', undefined],
  ])('an override to %s for %s: region named otherwise is %s', (host, region, other) => {
    const configuration = read({}, { IMM_ENDPOINT: host });
    if (other === undefined) expect(endpointFor('imm', region, configuration)).toBe(`https://${host}`);
    else {
      expect(() => endpointFor('imm', region, configuration)).toThrow(
        `IMM is needed in region '${region}', but environment IMM_ENDPOINT says https://${host}, a host of region '${other}'.`,
      );
    }
  });

  test('STS serves every region from any host', () => {
    const configuration = read({}, { STS_ENDPOINT: 'sts.cn-beijing.aliyuncs.com' });
    expect(endpointFor('sts', 'cn-shanghai', configuration)).toBe('https://sts.cn-beijing.aliyuncs.com');
  });

  test('a region that the service does not list is refused with the nearest names, unless an endpoint is given', () => {
    const problem = regionProblem('imm', 'cn-shanghia', read({}));
    expect(problem).toContain("IMM does not list the region 'cn-shanghia'; nearest: cn-shanghai");
    expect(problem).toContain('IMM_ENDPOINT or alicloud:endpoints');
    expect(regionProblem('imm', 'cn-shanghai', read({}))).toBeUndefined();
    expect(regionProblem('mts', 'us-east-1', read({}))).toContain('MPS does not list');
    expect(
      regionProblem('imm', 'xx-new-1', read({}, { IMM_ENDPOINT: 'imm.xx-new-1.example.com' })),
    ).toBeUndefined();
    expect(
      regionProblem('imm', 'xx-new-1', read({}, { MTS_ENDPOINT: 'mts.xx-new-1.example.com' })),
    ).toBeDefined();
    expect(
      regionProblem('imm', 'xx-new-1', read({}, { IMM_ENDPOINT: 'imm.cn-shanghai.aliyuncs.com' })),
    ).toBeDefined();
  });
});
