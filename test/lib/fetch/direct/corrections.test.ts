import { after, s3Error, whole } from '../replies';
import { startScriptedServer } from '../scripted-server';
import type { Credentials } from '../../../../lib/fetch/direct/signing/credentials';
import { directTo, requestOf } from './direct-to';

const body = Buffer.from('hello');

test.each([301, 307, 400])('a region named by a %i is asked from then on', async (status) => {
  const code = status === 400 ? 'AuthorizationHeaderMalformed' : 'PermanentRedirect';
  const elsewhere = s3Error(status, code, { 'x-amz-bucket-region': 'eu-west-1' });
  const server = await startScriptedServer([elsewhere, whole(body), whole(body), elsewhere]);
  const client = directTo(server.url);
  const first = await client.get(requestOf());
  expect(first).toMatchObject({
    redirectedTo: 'eu-west-1',
    failure: { code: 'WrongRegion', retry: 'transient' },
  });
  expect(await client.get(requestOf())).toMatchObject({ failure: null });
  await client.get(requestOf({ bucket: 'other' }));
  // A bucket that is not where it is said to be is not looked for any further.
  expect((await client.get(requestOf())).failure).toMatchObject({ code: 'WrongRegion', retry: 'no' });
  const regions = server.seen.map(({ headers }) => headers['authorization']!.split('/')[2]);
  expect(regions).toEqual(['us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1']);
  client.closeConnections();
  await server.close();
});

test('a bucket that is sent from region to region is not followed for ever', async () => {
  const to = (region: string) => s3Error(301, 'PermanentRedirect', { 'x-amz-bucket-region': region });
  const server = await startScriptedServer([to('eu-west-1'), to('us-west-2')]);
  const client = directTo(server.url);
  expect((await client.get(requestOf())).failure?.retry).toBe('transient');
  expect(await client.get(requestOf())).toMatchObject({
    redirectedTo: 'us-west-2',
    failure: { code: 'WrongRegion', retry: 'no' },
  });
  client.closeConnections();
  await server.close();
});

test.each(['us-east-1', 'evil.com/', '', 'x y'])('the region %j leads nowhere', async (region) => {
  const server = await startScriptedServer([
    s3Error(301, 'PermanentRedirect', { 'x-amz-bucket-region': region }),
  ]);
  const client = directTo(server.url);
  const outcome = await client.get(requestOf());
  expect(outcome.failure).toMatchObject({ code: 'WrongRegion', retry: 'no' });
  expect(outcome.redirectedTo).toBeUndefined();
  client.closeConnections();
  await server.close();
});

test('a clock that is wrong is put right by the server’s, once', async () => {
  const date = new Date(Date.now() - 20 * 60_000).toUTCString();
  const skewed = s3Error(403, 'RequestTimeTooSkewed', { date });
  const server = await startScriptedServer([skewed, skewed]);
  const client = directTo(server.url);
  expect((await client.get(requestOf())).failure).toMatchObject({ code: 'ClockSkew', retry: 'transient' });
  expect((await client.get(requestOf())).failure).toMatchObject({ code: 'ClockSkew', retry: 'no' });
  const [first, second] = server.seen.map(({ headers }) => headers['x-amz-date']!);
  expect(msOf(first!) - msOf(second!)).toBeGreaterThan(19 * 60_000);
  client.closeConnections();
  await server.close();
});

const msOf = (amzDate: string) =>
  Date.parse(amzDate.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));

test('expired credentials are asked for again, once for all requests that met them', async () => {
  const given: Credentials[] = ['OLD', 'NEW'].map((accessKeyId) => ({ accessKeyId, secretAccessKey: 's' }));
  let asked = 0;
  const credentials = () => Promise.resolve(given[Math.min(asked++, 1)]!);
  const server = await startScriptedServer(({ headers }) =>
    headers['authorization']!.includes('OLD') ? after(5, s3Error(400, 'ExpiredToken')) : whole(body),
  );
  const client = directTo(server.url, { credentials });
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => client.get(requestOf())));
  for (const { failure } of outcomes)
    expect(failure).toMatchObject({ code: 'ExpiredToken', retry: 'transient' });
  expect((await client.get(requestOf())).failure).toBeNull();
  expect(asked).toBe(2);
  client.closeConnections();
  await server.close();
});

test('credentials that are expired from the start end it', async () => {
  const server = await startScriptedServer([s3Error(400, 'ExpiredToken')]);
  const client = directTo(server.url);
  expect((await client.get(requestOf())).failure).toMatchObject({ retry: 'transient' });
  expect((await client.get(requestOf())).failure).toMatchObject({ code: 'ExpiredToken', retry: 'no' });
  client.closeConnections();
  await server.close();
});

test('waiting for credentials is told apart from the request', async () => {
  const server = await startScriptedServer([whole(body)]);
  const credentials = () =>
    new Promise<Credentials>((resolve) => {
      setTimeout(() => resolve({ accessKeyId: 'A', secretAccessKey: 's' }), 50);
    });
  const client = directTo(server.url, { credentials });
  expect((await client.get(requestOf())).preparedMs).toBeGreaterThanOrEqual(48);
  expect((await client.get(requestOf())).preparedMs).toBeUndefined();
  client.closeConnections();
  await server.close();
});

test('a provider that fails is the failure', async () => {
  const credentials = () => Promise.reject(new Error('no profile'));
  const { failure } = await directTo('http://127.0.0.1:9', { credentials }).get(requestOf());
  expect(failure).toMatchObject({ code: 'Other', phase: null, retry: 'no', message: 'Error: no profile' });
});
