import { App } from 'aws-cdk-lib/core';
import { propsFromContext } from '../../../lib/stack/app-context';
import { checkedMemorySizes } from '../../../lib/stack/memory-sizes';
import { SettingsError } from '../../../lib/stack/settings-error';
import { synthesize } from './synthesize';

const propsOf = (context: Record<string, unknown>) => propsFromContext(new App({ context }).node);

test('nothing said is nothing set', () => {
  expect(propsOf({})).toEqual({});
  expect(propsOf({ allowedSources: '', memorySizes: '' })).toEqual({});
});

test('sources and sizes come from the command line', () => {
  expect(propsOf({ allowedSources: 'my-lake/events/2026, open-data', memorySizes: '1024,1769' })).toEqual({
    allowedSources: [{ bucketName: 'my-lake', prefix: 'events/2026' }, { bucketName: 'open-data' }],
    memorySizes: [1024, 1769],
  });
});

test('or from cdk.json as lists', () => {
  expect(
    propsOf({ allowedSources: ['my-lake/events/'], memorySizes: [1024, 1769], apiGatewayLogsRole: false }),
  ).toEqual({
    allowedSources: [{ bucketName: 'my-lake', prefix: 'events/' }],
    memorySizes: [1024, 1769],
    apiGatewayLogsRole: false,
  });
});

test.each([
  ['/my-lake', 'has a slash in the wrong place'],
  ['my-lake//events', 'has a slash in the wrong place'],
  ['my-lake,,open-data', 'has an empty item'],
  ['arn:aws:s3:::my-lake/events', 'is an ARN, not a name'],
  ['s3://my-lake/events', 'is a URL, not a name'],
  ['*', 'is a pattern'],
  ['my-lake/*', 'is a pattern'],
])('allowedSources=%s is refused: it %s', (allowedSources, problem) => {
  const attempt = () => synthesize(propsOf({ allowedSources }));
  expect(attempt).toThrow(SettingsError);
  expect(attempt).toThrow(problem);
  expect(attempt).toThrow('allowedSources');
});

test.each(['64', '10241', '1024.5', '0x400', '1e3', '-1024', 'much', '1024,,1769'])(
  'memorySizes=%s is refused',
  (memorySizes) => {
    expect(() => synthesize(propsOf({ memorySizes }))).toThrow(/^memorySizes: /);
  },
);

test('memory sizes are sorted and each once', () => {
  expect(checkedMemorySizes([3008, 128, 10_240, 128])).toEqual([128, 3008, 10_240]);
  expect(() => checkedMemorySizes([])).toThrow('is empty');
});

test('a flag that is neither true nor false is refused', () => {
  expect(propsOf({ apiGatewayLogsRole: 'false' })).toEqual({ apiGatewayLogsRole: false });
  expect(() => propsOf({ apiGatewayLogsRole: 'no' })).toThrow('"no" is neither true nor false');
});
