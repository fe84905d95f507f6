import {
  everySource,
  isAllowed,
  parseAllowedSources,
  refuseWhatIsNotAllowed,
} from '../../../lib/run/allowed-sources';
import type { Request } from '../../../lib/run/request-fields';
import { resolveRequest } from '../../../lib/run/resolve-request';

const check = (request: Request, allowed: { bucket: string; prefix: string }[]) =>
  refuseWhatIsNotAllowed(resolveRequest(request, { sample: null, memorySizes: [512] }), allowed);

const lake = [{ bucket: 'lake', prefix: 'events/' }];

test('nothing allowed, nothing may be read', () => {
  expect(isAllowed([], 'lake', 'events/a')).toBe(false);
  expect(() => check({ bucket: 'lake' }, [])).toThrow(/^bucket: "lake" is not allowed/);
});

test.each([
  ['lake', 'events/', true],
  ['lake', 'events/a', true],
  ['lake', 'events', false],
  ['lake', 'events-secret/a', false],
  ['lake', 'Events/a', false],
  ['lake', '', false],
  ['lake', '../events/a', false],
  ['lakes', 'events/a', false],
  ['lak', 'events/a', false],
])('%s, %j: %s', (bucket, key, allowed) => {
  expect(isAllowed(lake, bucket, key)).toBe(allowed);
});

test('a prefix must lie within an allowed one', () => {
  expect(() => check({ bucket: 'lake', prefix: 'events/2026/' }, lake)).not.toThrow();
  expect(() => check({ bucket: 'lake', prefix: 'event' }, lake)).toThrow(
    'prefix: "event" is not allowed in bucket lake; write one that begins with "events/"',
  );
  expect(() => check({ bucket: 'lake' }, lake)).toThrow(/^prefix: "" is not allowed/);
  expect(() => check({ bucket: 'sea', prefix: 'events/' }, lake)).toThrow(
    /^bucket: "sea" is not allowed; write "bucket":"lake", or deploy/,
  );
});

test('of keys, those that are not allowed are named', () => {
  const keys = ['events/a', 'secret/b', 'events/c', 'd'];
  expect(() => check({ bucket: 'lake', keys }, lake)).toThrow(
    [
      'keys[1]: "secret/b" is not allowed in bucket lake; write one that begins with "events/"',
      'keys[3]: "d" is not allowed in bucket lake; write one that begins with "events/"',
    ].join('\n'),
  );
});

test('several sources of one bucket add up', () => {
  const allowed = [...lake, { bucket: 'lake', prefix: 'logs/' }];
  expect(() => check({ bucket: 'lake', keys: ['events/a', 'logs/b'] }, allowed)).not.toThrow();
});

test('every source is for one machine only: no list can say so', () => {
  expect(isAllowed([everySource], 'any-bucket', 'any key')).toBe(true);
  expect(() => parseAllowedSources(JSON.stringify([everySource]))).toThrow(/each bucket by its name/);
});

test.each([
  '{}',
  '[1]',
  '[null]',
  '["*"]',
  '[{"bucket":"lake"}]',
  '[{"bucket":"lake","prefix":null}]',
  '[{"prefix":""}]',
])('%s is no list of sources', (json) => {
  expect(() => parseAllowedSources(json)).toThrow(/allowed sources are a list/);
});

test('a list of sources is read as it is', () => {
  expect(parseAllowedSources(JSON.stringify(lake))).toEqual(lake);
});
