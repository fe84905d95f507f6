import * as fc from 'fast-check';
import { parseAllowedSources } from '../../../lib/run/allowed-sources';
import { grantedSource } from '../../../lib/stack/allowed-source';
import { SettingsError } from '../../../lib/stack/settings-error';
import { synthesize } from './synthesize';
import { permissions, readable, resource } from './template-reader';

const bucketNames = fc
  .stringMatching(/^[a-z0-9][a-z0-9-]{1,40}[a-z0-9]$/)
  .filter((name) => !name.endsWith('alias'));
const letter = fc.constantFrom('a', 'Z', '/', '-', '.', '=', ' ', 'é', '"', '\\', '$', '{', '%', '😀');
const prefixes = fc.string({ unit: letter, maxLength: 40 }).filter((prefix) => !prefix.includes('${'));

test.each([
  ['arn:aws:s3:::my-lake', 'is an ARN'],
  ['s3://my-lake', 'is a URL'],
  ['my/lake', 'has a slash'],
  ['*', 'is a pattern'],
  ['my-*', 'is a pattern'],
  ['My-Lake', 'is no bucket name'],
  ['', 'is no bucket name'],
  ['10.0.0.1', 'looks like an IP address'],
  ['lake--x-s3', 'is a directory bucket'],
])('bucket %j is refused: it %s', (bucketName, problem) => {
  expect(() => grantedSource({ bucketName })).toThrow(SettingsError);
  expect(() => grantedSource({ bucketName })).toThrow(problem);
});

test('a prefix that IAM would read as a pattern or a variable is refused', () => {
  const patterns = fc.constantFrom('*', '?', '${aws:username}');
  fc.assert(
    fc.property(prefixes, patterns, prefixes, (before, pattern, after) => {
      const source = { bucketName: 'my-lake', prefix: before + pattern + after };
      expect(() => grantedSource(source)).toThrow('is a pattern');
    }),
  );
});

test('any other prefix is granted as it is written', () => {
  fc.assert(
    fc.property(bucketNames, prefixes, (bucketName, prefix) => {
      expect(grantedSource({ bucketName, prefix })).toEqual({ bucketName, prefix, keyArn: null });
    }),
  );
});

test('the handlers are told what the roles allow, whatever the prefix holds', () => {
  fc.assert(
    fc.property(bucketNames, prefixes, (bucketName, prefix) => {
      const template = synthesize({ allowedSources: [{ bucketName, prefix }] });
      const { Variables } = resource(template, 'AWS::Lambda::Function', 'TunerFetch').Properties[
        'Environment'
      ] as {
        Variables: Record<string, unknown>;
      };
      const [told] = parseAllowedSources(readable(Variables['ALLOWED_SOURCES']));
      expect(told).toEqual({ bucket: bucketName, prefix });
      expect(permissions(template, 'TunerFetch1769')).toContain(
        `Allow s3:GetObject, s3:GetObjectVersion on arn:<AWS::Partition>:s3:::${bucketName}/${prefix}*`,
      );
    }),
    { numRuns: 8 },
  );
});

test('as many sources as fit into the environment are taken, and one more is refused with the figure', () => {
  const sources = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      bucketName: `bucket-${n + 100}`,
      prefix: 'data/events/2026/',
    }));
  const atMost = Math.floor(
    (3 * 1024 - 100) / JSON.stringify({ bucket: 'bucket-100', prefix: 'data/events/2026/' }).length,
  );
  expect(() => synthesize({ allowedSources: sources(atMost - 2) })).not.toThrow();
  expect(() => synthesize({ allowedSources: sources(atMost + 2) })).toThrow(
    /allowedSources: \d+ sources are \d+ bytes/,
  );
});
