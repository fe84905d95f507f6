import { type ChoiceTest, compileChoiceTest } from './choice-test';
import { compileFilter, outputDatum } from './data-flow';
import { Fields } from './fields';
import { simpleState } from './simple-state';
import type { State } from './state';
import { StateError } from './state-error';

interface Choice {
  test: ChoiceTest;
  next: string;
}

export function compileChoice(name: string, fields: Fields): State {
  const inputFilter = compileFilter(fields, 'InputPath');
  const outputFilter = compileFilter(fields, 'OutputPath');
  const choices = compileChoices(fields);
  const otherwise = fields.string('Default');
  const targets = choices.map((choice) => choice.next);
  if (otherwise !== undefined) targets.push(otherwise);
  return simpleState({
    name,
    type: 'Choice',
    targets,
    step(_thread, { input: raw }, context) {
      const input = inputFilter === null ? raw.value : inputFilter(raw.value, context);
      const next = choices.find((choice) => choice.test(input, context))?.next ?? otherwise;
      if (next === undefined)
        throw new StateError('States.NoChoiceMatched', `No choice of the state '${name}' matched.`, true);
      const output = outputFilter === null ? input : outputFilter(input, context);
      return { next, output: outputDatum(raw, output) };
    },
  });
}

function compileChoices(fields: Fields): Choice[] {
  const raw = fields.array('Choices') ?? fields.refuse('Choices', 'is needed');
  if (raw.length === 0) fields.refuse('Choices', 'must hold a choice');
  return raw.map((one, i) => {
    const rule = new Fields(`${fields.place('Choices')}[${i}]`, one);
    const next = rule.neededString('Next');
    return { next, test: compileChoiceTest(rule) };
  });
}
