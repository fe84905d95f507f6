import { comparisons } from './choice-comparisons';
import { Fields } from './fields';
import type { Json } from './json';
import { compilePath, type Path } from './path';
import { runtimeError } from './state-error';

export type ChoiceTest = (input: Json, context: Json) => boolean;

/** Compiles one rule: And, Or, Not, or a Variable with exactly one comparison. */
export function compileChoiceTest(rule: Fields): ChoiceTest {
  rule.string('Comment');
  const test = compileCombination(rule) ?? compileComparison(rule);
  rule.end();
  return test;
}

function compileCombination(rule: Fields): ChoiceTest | null {
  if (rule.has('Not')) {
    const inner = compileChoiceTest(new Fields(rule.place('Not'), rule.neededObject('Not')));
    return (input, context) => !inner(input, context);
  }
  if (rule.has('And')) {
    const all = compileList(rule, 'And');
    return (input, context) => all.every((test) => test(input, context));
  }
  if (rule.has('Or')) {
    const any = compileList(rule, 'Or');
    return (input, context) => any.some((test) => test(input, context));
  }
  return null;
}

function compileList(rule: Fields, name: 'And' | 'Or'): ChoiceTest[] {
  const raw = rule.array(name) ?? [];
  if (raw.length === 0) rule.refuse(name, 'must hold a rule');
  return raw.map((one, i) => compileChoiceTest(new Fields(`${rule.place(name)}[${i}]`, one)));
}

function compileComparison(rule: Fields): ChoiceTest {
  const variable = compilePath(rule.neededString('Variable'), rule.place('Variable'));
  const [name] = rule.names();
  if (name === undefined) return rule.refuse('Variable', 'a comparison is missing beside it');
  const fixed = rule.take(name)!;
  if (name.startsWith('Is')) return compileTypeTest(rule, name, fixed, variable);
  const byPath = name.endsWith('Path');
  const comparison = comparisons.get(byPath ? name.slice(0, -4) : name);
  if (comparison === undefined || (byPath && !comparison.mayBePath))
    return rule.refuse(name, 'is not implemented here');
  if (!byPath) {
    if (!comparison.takes(fixed)) rule.refuse(name, 'compares with a value of another type');
    return (input, context) => comparison.test(needed(variable, input, context), fixed);
  }
  if (typeof fixed !== 'string') return rule.refuse(name, 'must be a path');
  const other = compilePath(fixed, rule.place(name));
  return (input, context) => comparison.test(needed(variable, input, context), needed(other, input, context));
}

function compileTypeTest(rule: Fields, name: string, wanted: Json, variable: Path): ChoiceTest {
  if (typeof wanted !== 'boolean') rule.refuse(name, 'must be true or false');
  if (name === 'IsPresent')
    return (input, context) => (variable.read(input, context) !== undefined) === wanted;
  const is = comparisons.get(name);
  if (is === undefined) return rule.refuse(name, 'is not implemented here');
  return (input, context) => is.test(needed(variable, input, context), null) === wanted;
}

function needed(path: Path, input: Json, context: Json): Json {
  const value = path.read(input, context);
  if (value === undefined)
    throw runtimeError(
      `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
    );
  return value;
}
