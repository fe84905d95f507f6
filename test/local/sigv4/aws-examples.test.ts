import { verifySigV4 } from '../../../local/sigv4/verify';

// The worked examples of docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and
// sigv4-query-string-auth.html: requests and signatures that this project had no hand in.
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const options = {
  service: 's3',
  region: 'us-east-1',
  nowMs: Date.UTC(2013, 4, 24),
  lookupSecret: (id: string) => (id === accessKeyId ? 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' : undefined),
};
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const authorization = (signedHeaders: string, signature: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
const host = 'examplebucket.s3.amazonaws.com';
const common = { host, 'x-amz-content-sha256': emptyHash, 'x-amz-date': '20130524T000000Z' };
const presigned =
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

test.each([
  {
    name: 'a ranged GET',
    request: {
      method: 'GET',
      url: '/test.txt',
      headers: {
        ...common,
        range: 'bytes=0-9',
        authorization: authorization(
          'host;range;x-amz-content-sha256;x-amz-date',
          'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
        ),
      },
    },
  },
  {
    name: 'a PUT whose key must be encoded',
    request: {
      method: 'PUT',
      url: '/test$file.text',
      headers: {
        ...common,
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        authorization: authorization(
          'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
          '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
        ),
      },
    },
  },
  {
    name: 'a query without a value',
    request: {
      method: 'GET',
      url: '/?lifecycle',
      headers: {
        ...common,
        authorization: authorization(
          'host;x-amz-content-sha256;x-amz-date',
          'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
        ),
      },
    },
  },
  {
    name: 'a listing, its query out of order',
    request: {
      method: 'GET',
      url: '/?prefix=J&max-keys=2',
      headers: {
        ...common,
        authorization: authorization(
          'host;x-amz-content-sha256;x-amz-date',
          '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
        ),
      },
    },
  },
  { name: 'a presigned URL', request: { method: 'GET', url: presigned, headers: { host } } },
])('accepts $name', ({ request }) => {
  expect(verifySigV4(request, options)).toMatchObject({ ok: true, accessKeyId });
  expect(verifySigV4({ ...request, method: 'DELETE' }, options)).toMatchObject({
    code: 'SignatureDoesNotMatch',
  });
});
