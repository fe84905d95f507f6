import * as fc from 'fast-check';
import type { Template } from '../../../local/template/cloud-assembly';
import { Resolver } from '../../../local/template/resolver';

const template: Template = {
  Resources: {
    Runs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'runs-${AWS::AccountId}' } } },
    Plan: { Type: 'AWS::Lambda::Function' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Loop: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Loop' } } },
  },
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a,b,c' },
    Needed: { Type: 'String' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' },
  },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Round: { 'Fn::Not': [{ Condition: 'Round' }] },
  },
  Mappings: { Sizes: { dev: { memory: 128 } } },
};
const place = {
  stackName: 'Demo',
  region: 'eu-west-1',
  accountId: '123456789012',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
};
const resolver = new Resolver(template, place);

test.each<[unknown, unknown]>([
  [{ Ref: 'AWS::Region' }, 'eu-west-1'],
  [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  [{ Ref: 'Stage' }, 'dev'],
  [{ Ref: 'Zones' }, ['a', 'b', 'c']],
  [{ Ref: 'Runs' }, 'runs-123456789012'],
  [{ 'Fn::GetAtt': ['Runs', 'Arn'] }, 'arn:aws:s3:::runs-123456789012'],
  [{ 'Fn::GetAtt': 'Runs.RegionalDomainName' }, 'runs-123456789012.s3.eu-west-1.amazonaws.com'],
  [{ 'Fn::GetAtt': ['Plan', 'Arn'] }, 'arn:aws:lambda:eu-west-1:123456789012:function:Demo-Plan'],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Stage' }, { Ref: 'AWS::NoValue' }, 7]] }, 'a/dev/7'],
  [
    { 'Fn::Sub': '${AWS::StackName}-${Runs.Arn}-${!Kept}-$.x' },
    'Demo-arn:aws:s3:::runs-123456789012-${Kept}-$.x',
  ],
  [{ 'Fn::Sub': ['${Stage}-${own}', { own: { Ref: 'AWS::Partition' } }] }, 'dev-aws'],
  [{ 'Fn::Select': [1, { Ref: 'Zones' }] }, 'b'],
  [{ 'Fn::Select': ['0', { 'Fn::Split': ['-', 'x-y'] }] }, 'x'],
  [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
  [{ 'Fn::If': ['Yes', 1, { Ref: 'Nothing' }] }, 1],
  [{ 'Fn::If': ['Both', 1, 2] }, 2],
  [{ 'Fn::If': ['Either', 1, 2] }, 1],
  [{ a: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  [
    { $ref: '#/a', Ref: 'Stage' },
    { $ref: '#/a', Ref: 'Stage' },
  ],
])('%j is %j', (value, expected) => {
  expect(resolver.resolve(value)).toEqual(expected);
});

test.each<[unknown, RegExp]>([
  [{ Ref: 'Nothing' }, /no resource Nothing/],
  [{ Ref: 'toString' }, /no resource toString/],
  [{ Ref: 'AWS::NotificationARNs' }, /AWS::NotificationARNs is not known/],
  [{ Ref: 'Needed' }, /parameter Needed has no default/],
  [{ Ref: 'Image' }, /parameter Image lies in the Parameter Store/],
  [{ Ref: 'Topic' }, /Ref of Topic \(AWS::SNS::Topic\) is not known/],
  [{ 'Fn::GetAtt': ['Runs', 'Colour'] }, /attribute Colour of Runs \(AWS::S3::Bucket\) is not known/],
  [{ 'Fn::ImportValue': 'x' }, /Fn::ImportValue is not known/],
  [{ 'Fn::Sub': '${Nothing.Arn}' }, /no resource Nothing/],
  [{ 'Fn::If': ['Nowhere', 1, 2] }, /no condition Nowhere/],
  [{ 'Fn::If': ['Round', 1, 2] }, /condition Round refers to itself/],
  [{ Ref: 'Loop' }, /Loop refers to itself/],
  [{ 'Fn::Select': [9, { Ref: 'Zones' }] }, /Fn::Select: no such index/],
  [{ 'Fn::Join': ['', [{ a: 1 }]] }, /Fn::Join: a text is needed/],
])('%j is refused by name', (value, says) => {
  expect(() => resolver.resolve(value)).toThrow(says);
});

test('a value without intrinsics stays as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!/"(Ref|Condition|Fn::)/.test(JSON.stringify(value)));
      expect(resolver.resolve(value)).toEqual(value);
    }),
  );
});

test('what Fn::Join puts together, Fn::Split takes apart', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((it) => it.replaceAll('|', '')),
        { minLength: 1 },
      ),
      (parts) => {
        const joined = { 'Fn::Join': ['|', parts] };
        expect(resolver.resolve({ 'Fn::Split': ['|', joined] })).toEqual(parts);
      },
    ),
  );
});
