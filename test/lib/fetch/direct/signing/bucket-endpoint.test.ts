import { bucketEndpoint, checkEndpoint } from '../../../../../lib/fetch/direct/signing/bucket-endpoint';

const aws = 'https://s3.eu-west-1.amazonaws.com';

test.each([
  ['lake', undefined, 'lake.s3.eu-west-1.amazonaws.com', '/'],
  ['my.lake', undefined, 's3.eu-west-1.amazonaws.com', '/my.lake/'],
  ['Old_Bucket', undefined, 's3.eu-west-1.amazonaws.com', '/Old_Bucket/'],
  ['evil.com#', undefined, 's3.eu-west-1.amazonaws.com', '/evil.com%23/'],
  ['a@b', undefined, 's3.eu-west-1.amazonaws.com', '/a%40b/'],
  ['a/b', undefined, 's3.eu-west-1.amazonaws.com', '/a%2Fb/'],
  ['lake', aws, 'lake.s3.eu-west-1.amazonaws.com', '/'],
  [
    'lake',
    'https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com',
    'lake.bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com',
    '/',
  ],
  ['lake', 'https://amazonaws.com.evil.org', 'amazonaws.com.evil.org', '/lake/'],
  ['lake', 'http://127.0.0.1:7301', '127.0.0.1:7301', '/lake/'],
  ['lake', 'http://[::1]:7301', '[::1]:7301', '/lake/'],
  ['lake', 'http://localhost/s3', 'localhost', '/s3/lake/'],
])('the bucket %j at %s is asked for at %s', (bucket, endpoint, host, pathPrefix) => {
  expect(bucketEndpoint(bucket, 'eu-west-1', endpoint)).toMatchObject({ host, pathPrefix });
});

test('China has a domain of its own', () => {
  expect(bucketEndpoint('lake', 'cn-north-1', undefined).host).toBe('lake.s3.cn-north-1.amazonaws.com.cn');
});

test('an address is connected to without its brackets', () => {
  const { origin } = bucketEndpoint('lake', 'eu-west-1', 'https://[::1]');
  expect(origin).toMatchObject({ hostname: '::1', port: 443, secure: true });
});

test.each([
  ['127.0.0.1:7301', 'eu-west-1'],
  ['ftp://x', 'eu-west-1'],
  ['http://id:secret@x', 'eu-west-1'],
  ['http://x?y', 'eu-west-1'],
  [undefined, 'evil.com/'],
  [undefined, ''],
])('the endpoint %s in the region %j is refused', (endpoint, region) => {
  expect(() => checkEndpoint(endpoint, region)).toThrow(TypeError);
});
