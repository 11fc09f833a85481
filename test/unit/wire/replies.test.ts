import { afterEach, describe, expect, it } from 'vitest';
import {
  ExistsError,
  NotFoundError,
  type ServiceError,
  ThrottledError,
  UnknownCodeError,
} from '../../../provider/alicloud/answers/errors.js';
import { SmallServer } from './small-server.js';

let server: SmallServer | undefined;
afterEach(() => server?.close());

async function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<SmallServer> {
  server = await SmallServer.http((response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  return server;
}

describe('a reply that is a success', () => {
  it('is ordinary objects all the way down', async () => {
    const { body } = await (await answering(200, '{"RequestId":"R","Binding":{"A":[{"B":1}]}}')).ask();
    expect(body).toStrictEqual({ RequestId: 'R', Binding: { A: [{ B: 1 }] } });
    for (const value of [body, body.Binding]) expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(String(body.Binding)).toBe('[object Object]');
  });

  it('has numbers that JavaScript can hold, and the digits of all others', async () => {
    const text =
      '{"RequestId":"R","a":90000000000000000,"b":-90000000000000001,"c":[123456789012345],"d":1.5,"e":0,"f":{"g":18446744073709551615}}';
    const { body } = await (await answering(200, text)).ask();
    expect(body).toStrictEqual({
      RequestId: 'R',
      a: '90000000000000000',
      b: '-90000000000000001',
      c: [123456789012345],
      d: 1.5,
      e: 0,
      f: { g: '18446744073709551615' },
    });
    expect(() => structuredClone(body)).not.toThrow();
  });

  it.each(['200', 'OK', 'Success'])('may carry the Code %s', async (code) => {
    const { body } = await (await answering(200, `{"Code":"${code}","RequestId":"R"}`)).ask();
    expect(body.RequestId).toBe('R');
  });

  it('tells the clock of the service, where it has one', async () => {
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    expect((await (await answering(200, '{"RequestId":"R"}', { date })).ask()).date).toBe(Date.parse(date));
    await server?.close();
    expect((await (await answering(200, '{"RequestId":"R"}', { date: 'soon' })).ask()).date).toBeUndefined();
  });
});

describe('a reply that says no', () => {
  it.each([200, 400, 403, 404, 409, 500, 503])('is told by its Code, with HTTP status %i', async (status) => {
    const error = await (
      await answering(status, '{"Code":"ResourceNotFound","Message":"gone","RequestId":"R-1"}')
    ).fails();
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ code: 'ResourceNotFound', text: 'gone', requestId: 'R-1', status });
    expect(error.message).toBe('IMM GetBinding: ResourceNotFound: gone (RequestId R-1)');
  });

  it('is told by a lower-case code too', async () => {
    const body = '{"code":"ResourceAlreadyExists","message":"there","requestId":"R-2"}';
    const error = await (await answering(500, body)).fails();
    expect(error).toBeInstanceOf(ExistsError);
    expect(error).toMatchObject({ text: 'there', requestId: 'R-2' });
  });

  it('without a message or an id is said all the same, with the id of the header', async () => {
    const error = await (
      await answering(400, '{"Code":"Nobody.Knows"}', { 'x-acs-request-id': 'R-3' })
    ).fails();
    expect(error).toBeInstanceOf(UnknownCodeError);
    expect(error.message).toBe('IMM GetBinding: Nobody.Knows: no message (RequestId R-3)');
  });

  it.each([
    [{ 'x-acs-retry-after': '1500' }, 1_500],
    [{ 'retry-after': '3' }, 3_000],
    [{ 'x-acs-retry-after': '0', 'retry-after': '9' }, 0],
    [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:05 GMT' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'x-acs-retry-after': 'Infinity' }, undefined],
    [{}, undefined],
  ])('asks with %j to wait for %s milliseconds', async (headers, milliseconds) => {
    const sent = Object.fromEntries(Object.entries(headers));
    const error = await (await answering(503, '{"Code":"Throttling.User","Message":"m"}', sent)).fails();
    expect(error).toBeInstanceOf(ThrottledError);
    expect((error as ServiceError).retryAfter).toBe(milliseconds);
  });
});

describe('a reply that is no answer of the API', () => {
  const none: [string, number, string][] = [
    ['an error status without a Code', 500, '{"RequestId":"R-4","Message":"unknown internal error"}'],
    ['an error status and an empty object', 503, '{}'],
    ['a page of a proxy', 502, '<html><body>502 Bad Gateway</body></html>'],
    ['a page that says 200', 200, '<html>Please log in</html>'],
    ['an empty body', 200, ''],
    ['an empty body and an error status', 503, ''],
    ['null', 200, 'null'],
    ['null and an error status', 500, 'null'],
    ['an array', 200, '[{"Code":"ResourceNotFound"}]'],
    ['a text', 200, '"ok"'],
    ['a number', 200, '42'],
    ['true', 200, 'true'],
    ['a success without a RequestId, as something on the way may give it', 200, '{}'],
    ['a RequestId that is no text', 200, '{"RequestId":1}'],
    ['a redirection', 302, '{"RequestId":"R"}'],
    ['half of a JSON', 200, '{"RequestId":"R","Binding":{'],
    ['a __proto__ key', 200, '{"RequestId":"R","__proto__":{"polluted":true}}'],
    ['a Code that is no text', 400, '{"Code":42}'],
    ['an empty Code', 400, '{"Code":""}'],
  ];
  it.each(none)(
    'is %s: uncertain, an Error, with the status and without the body',
    async (_, status, body) => {
      const error = await (await answering(status, body)).failsOnTheWay();
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({ status, mayHaveHappened: true });
      expect(error.message).toMatch(new RegExp(`^IMM GetBinding: HTTP ${status}, a reply that is no answer`));
      expect(error.message).not.toMatch(/html|unknown internal|log in/);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );

  it('still gives the RequestId that support asks for', async () => {
    const [byBody] = [await (await answering(500, '{"RequestId":"R-5"}')).failsOnTheWay()];
    expect(byBody.message).toContain('(RequestId R-5)');
    await server?.close();
    const headers = { 'x-acs-request-id': 'R-6' };
    expect((await (await answering(502, '<html>', headers)).failsOnTheWay()).message).toContain('R-6');
  });
});
