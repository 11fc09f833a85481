import { pythonWith } from '../python.js';

/** A Python that has the official clients, or why there is none. */
export function pythonWithClients(): Promise<{ python: string } | { missing: string }> {
  return pythonWith({
    folder: 'python-imm20200930-mts20140618',
    packages: ['alibabacloud-imm20200930', 'alibabacloud-mts20140618'],
    modules: ['alibabacloud_imm20200930.client', 'alibabacloud_mts20140618.client'],
  });
}
