import type { Scope } from './scope';
import { substitute } from './substitute';
import { TemplateError } from './template-error';

type Intrinsic = (scope: Scope, argument: unknown) => unknown;

/** CloudFormation's functions, by their long name. */
export const intrinsics: Record<string, Intrinsic> = {
  Ref: (scope, argument) => scope.reference(text(argument, 'Ref')),
  Condition: (scope, argument) => scope.condition(text(argument, 'Condition')),
  'Fn::GetAtt': (scope, argument) => {
    const [logicalId, ...attribute] =
      typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    const name = attribute.map((it) => scope.string(it, 'Fn::GetAtt')).join('.');
    return scope.attribute(text(logicalId, 'Fn::GetAtt'), name);
  },
  'Fn::Join': (scope, argument) => {
    const [delimiter, values] = list(argument, 'Fn::Join');
    const parts = list(scope.resolve(values), 'Fn::Join');
    return parts.map((it) => scope.string(it, 'Fn::Join')).join(text(delimiter, 'Fn::Join'));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (scope, argument) => {
    const [index, values] = list(argument, 'Fn::Select');
    const found = list(scope.resolve(values), 'Fn::Select')[Number(scope.resolve(index))];
    if (found === undefined) throw new TemplateError('Fn::Select: no such index');
    return found;
  },
  'Fn::Split': (scope, argument) => {
    const [delimiter, value] = list(argument, 'Fn::Split');
    return scope.string(value, 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  },
  'Fn::FindInMap': (scope, argument) => {
    const [map, first, second] = list(scope.resolve(argument), 'Fn::FindInMap').map(String);
    const found = scope.template.Mappings?.[map!]?.[first!]?.[second!];
    if (found === undefined) throw new TemplateError(`Fn::FindInMap: no ${map}.${first}.${second}`);
    return found;
  },
  'Fn::If': (scope, argument) => {
    const [condition, yes, no] = list(argument, 'Fn::If');
    return scope.resolve(scope.condition(text(condition, 'Fn::If')) ? yes : no);
  },
  'Fn::Equals': (scope, argument) => {
    const [left, right] = list(argument, 'Fn::Equals').map((it) => JSON.stringify(scope.resolve(it)));
    return left === right;
  },
  'Fn::And': (scope, argument) => list(argument, 'Fn::And').every((it) => truth(scope, it)),
  'Fn::Or': (scope, argument) => list(argument, 'Fn::Or').some((it) => truth(scope, it)),
  'Fn::Not': (scope, argument) => !truth(scope, list(argument, 'Fn::Not')[0]),
};

function truth(scope: Scope, value: unknown): boolean {
  const resolved = scope.resolve(value);
  if (typeof resolved !== 'boolean') throw new TemplateError('a condition is neither true nor false');
  return resolved;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new TemplateError(`${what}: a text is needed`);
  return value;
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new TemplateError(`${what}: a list is needed`);
  return value;
}
