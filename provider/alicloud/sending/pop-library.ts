import { createRequire } from 'node:module';

export interface PopCore {
  request(action: string, params: object, options: object): Promise<[unknown, unknown]>;
}
export type PopCoreConstructor = new (config: object, verbose: boolean) => PopCore;

/** What the HTTP client below the library prints by. */
export interface Debug {
  enabled(name: string): boolean;
  enable(names: string): void;
}

const LIBRARY = '@alicloud/pop-core';

/** The library of Alibaba Cloud, loaded when it is first asked for. */
export function popCore(): PopCoreConstructor {
  return createRequire(__filename)(LIBRARY) as PopCoreConstructor;
}

/** The copy of `debug` that its HTTP client has, whatever the package manager's layout. */
export function debugOfHttpx(): Debug {
  const fromLibrary = createRequire(createRequire(__filename).resolve(LIBRARY));
  return createRequire(fromLibrary.resolve('httpx'))('debug') as Debug;
}
