import { compileMachine } from '../../../../local/states/asl/compile-machine';
import { map, one, task } from '../run-machine';

const pass = { Type: 'Pass' };
const choice = (rule: object) => ({
  StartAt: 'Pick',
  States: {
    Pick: { Type: 'Choice', Choices: [{ Next: 'Done', ...rule }] },
    Done: { Type: 'Succeed' },
  },
});
const params = (parameters: object) => one({ ...pass, Parameters: parameters });

/** What must be refused, and words of the refusal: the state (or place), the field and the culprit. */
const refused: Record<string, [object, RegExp]> = {
  'a field of the machine': [{ ...one(pass), Assign: {} }, /state machine, field 'Assign'/],
  'a field of a state': [one({ ...pass, Assign: { a: 1 } }), /state 'Only', field 'Assign'/],
  'a state type': [one({ Type: 'Sleep' }), /state 'Only', field 'Type'.*'Sleep'/],
  'JSONata for the machine': [{ ...one(pass), QueryLanguage: 'JSONata' }, /QueryLanguage.*JSONata/],
  'JSONata for a state': [one({ ...pass, QueryLanguage: 'JSONata' }), /'Only'.*QueryLanguage.*JSONata/],
  'JSONata arguments': [one({ ...task(), Arguments: {} }), /'Only'.*'Arguments'/],
  'another resource': [
    one(task({ Resource: 'arn:aws:states:::sqs:sendMessage' })),
    /'Only'.*'Resource'.*sqs:sendMessage/,
  ],
  'a resource that waits for a token': [
    one(task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' })),
    /'Resource'.*waitForTaskToken/,
  ],
  'credentials of another role': [one(task({ Credentials: {} })), /'Credentials'/],
  'an invocation type': [
    one(task({ Parameters: { FunctionName: 'f', InvocationType: 'Event' } })),
    /'Parameters'.*InvocationType/,
  ],
  'a task without a function': [one(task({ Parameters: { Payload: {} } })), /FunctionName/],
  'two timeouts': [one(task({ TimeoutSeconds: 1, TimeoutSecondsPath: '$.t' })), /TimeoutSecondsPath/],
  'a timeout of no time': [one(task({ TimeoutSeconds: 0 })), /TimeoutSeconds/],
  'a Distributed Map': [
    one({
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'I', States: { I: pass } },
    }),
    /ProcessorConfig.*Distributed Map is not implemented here yet/,
  ],
  'a field of the ProcessorConfig': [
    one({
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE', ExecutionType: 'EXPRESS' },
        StartAt: 'I',
        States: { I: { ...pass, End: true } },
      },
    }),
    /ProcessorConfig.*ExecutionType/,
  ],
  'tolerated failures of an inline Map': [
    one(map(pass, { ToleratedFailurePercentage: 5 })),
    /ToleratedFailurePercentage/,
  ],
  'an ItemReader of an inline Map': [one(map(pass, { ItemReader: {} })), /ItemReader/],
  'an ItemBatcher of an inline Map': [one(map(pass, { ItemBatcher: {} })), /ItemBatcher/],
  'the old Iterator': [one({ Type: 'Map', Iterator: {} }), /Iterator.*ItemProcessor/],
  'the old Parameters of a Map': [one(map(pass, { Parameters: {} })), /Parameters.*ItemSelector/],
  'a negative concurrency': [one(map(pass, { MaxConcurrency: -1 })), /MaxConcurrency/],
  'a filter in a path': [one({ ...pass, InputPath: '$.a[?(@.b)]' }), /'Only'.*'InputPath'.*filters/],
  'a union in a path': [one({ ...pass, InputPath: '$.a[0,1]' }), /InputPath/],
  'a function in a path': [one({ ...pass, InputPath: '$.a.length()' }), /functions/],
  'a variable': [one({ ...pass, InputPath: '$a.b' }), /variables/],
  'a path that ends in a dot': [one({ ...pass, InputPath: '$.a.' }), /InputPath/],
  'a path that does not start with $': [one({ ...pass, InputPath: 'a.b' }), /InputPath/],
  'a ResultPath to many places': [one({ ...pass, ResultPath: '$.a[*]' }), /ResultPath.*reference path/],
  'a ResultPath into the context': [one({ ...pass, ResultPath: '$$.a' }), /ResultPath.*reference path/],
  'a task token': [params({ 't.$': '$$.Task.Token' }), /\$\$\.Task\.Token/],
  'an unknown context field': [params({ 't.$': '$$.Execution.Color' }), /\$\$\.Execution\.Color/],
  'an intrinsic function': [params({ 'a.$': 'States.Foo()' }), /'Only'.*'Parameters'.*States\.Foo/],
  'an inherited name as intrinsic': [params({ 'a.$': 'States.constructor(1)' }), /States\.constructor/],
  'too few arguments': [params({ 'a.$': 'States.ArrayLength()' }), /States\.ArrayLength/],
  'too many arguments': [params({ 'a.$': "States.Hash('a','MD5',1)" }), /States\.Hash/],
  'an unfinished call': [params({ 'a.$': "States.Format('a'" }), /missing/],
  'text after a call': [params({ 'a.$': 'States.UUID() x' }), /unexpected text/],
  'eleven functions inside each other': [
    params({ 'a.$': `${'States.Array('.repeat(11)}${')'.repeat(11)}` }),
    /more than 10/,
  ],
  'a value that is no path': [params({ 'a.$': 'b' }), /'Parameters'\.a/],
  'a number where a path is needed': [params({ 'a.$': 1 }), /'Parameters'\.a/],
  'a key and its path': [params({ a: 1, 'a.$': '$.b' }), /twice/],
  'an unknown States. error name': [
    one(task({ Retry: [{ ErrorEquals: ['States.Foo'] }] })),
    /'Retry'.*States\.Foo/,
  ],
  'States.Runtime, which nothing catches': [
    one(task({ Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Only' }] })),
    /'Catch'.*States\.Runtime/,
  ],
  'States.ALL in company': [one(task({ Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] })), /alone and last/],
  'States.ALL before others': [
    one(task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })),
    /alone and last/,
  ],
  'a field of a retrier': [
    one(task({ Retry: [{ ErrorEquals: ['A'], Interval: 1 }] })),
    /'Retry'\[0\], field 'Interval'/,
  ],
  'a delay below the interval': [
    one(task({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] })),
    /MaxDelaySeconds/,
  ],
  'a backoff below one': [one(task({ Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] })), /BackoffRate/],
  'another jitter': [
    one(task({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] })),
    /JitterStrategy/,
  ],
  'Retry where there is none': [one({ ...pass, Retry: [] }), /'Only', field 'Retry'/],
  'an unknown comparison': [
    choice({ Variable: '$.a', StringLike: 'x' }),
    /'Choices'\[0\], field 'StringLike'/,
  ],
  'an unknown type test': [choice({ Variable: '$.a', IsArray: true }), /IsArray/],
  'StringMatchesPath, which AWS lacks': [
    choice({ Variable: '$.a', StringMatchesPath: '$.b' }),
    /StringMatches/,
  ],
  'two comparisons': [choice({ Variable: '$.a', IsNull: true, IsString: true }), /IsString/],
  'no comparison': [choice({ Variable: '$.a' }), /comparison is missing/],
  'a comparison of the wrong type': [choice({ Variable: '$.a', NumericEquals: '1' }), /NumericEquals/],
  'an empty And': [choice({ And: [] }), /And/],
  'a rule inside that goes somewhere': [
    choice({ Not: { Variable: '$.a', IsNull: true, Next: 'Done' } }),
    /Next/,
  ],
  'two ways to wait': [one({ Type: 'Wait', Seconds: 1, SecondsPath: '$.s' }), /exactly one/],
  'no way to wait': [one({ Type: 'Wait' }), /exactly one/],
  'a timestamp that is none': [one({ Type: 'Wait', Timestamp: 'tomorrow' }), /Timestamp/],
  'an end of a Fail': [one({ Type: 'Fail' }), /'Only', field 'End'/],
  'two causes': [
    { StartAt: 'F', States: { F: { Type: 'Fail', Cause: 'a', CausePath: '$.a' } } },
    /'F', field 'CausePath'/,
  ],
  'Next beside End': [one({ ...pass, Next: 'Only' }), /Next/],
  'neither Next nor End': [{ StartAt: 'Only', States: { Only: pass } }, /'Only', field 'Next'/],
  'a target that is not there': [{ StartAt: 'Only', States: { Only: { ...pass, Next: 'Gone' } } }, /'Gone'/],
  'a start that is not there': [{ ...one(pass), StartAt: 'Gone' }, /'Gone'/],
  'a state that nothing leads to': [
    { StartAt: 'A', States: { A: { ...pass, End: true }, B: { ...pass, End: true } } },
    /'B': no other state leads to it/,
  ],
  'a name used twice': [
    { StartAt: 'Item', States: { Item: { ...map(pass), End: true } } },
    /'Item': another state has the same name/,
  ],
  'a name of 81 characters': [
    { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { ...pass, End: true } } },
    /80 characters/,
  ],
  'states that are no object': [{ StartAt: 'A', States: [] }, /States/],
  'another version': [{ ...one(pass), Version: '2.0' }, /Version/],
  'a machine that times out at once': [{ ...one(pass), TimeoutSeconds: 0 }, /TimeoutSeconds/],
};

describe('what this interpreter does not implement is refused at load, by name', () => {
  it.each(Object.entries(refused))('%s', (_what, [definition, words]) => {
    expect(() => compileMachine(JSON.stringify(definition))).toThrow(words);
  });

  it('refuses what is no JSON', () => {
    expect(() => compileMachine('{')).toThrow(/no JSON/);
  });

  it('takes the machines that the refused ones are made from', () => {
    for (const definition of [
      one(pass),
      one(task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] })),
      one(map(pass)),
      choice({ Variable: '$.a', IsNull: true }),
      params({ 'a.$': '$$.State.Name' }),
    ])
      expect(() => compileMachine(JSON.stringify(definition))).not.toThrow();
  });
});
