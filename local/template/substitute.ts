import type { Scope } from './scope';
import { TemplateError } from './template-error';

/** `Fn::Sub`: `${Name}`, `${Resource.Attribute}`, and `${!Literal}` for a `${Literal}` that stays. */
export function substitute(scope: Scope, argument: unknown): string {
  const [template, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  if (typeof template !== 'string') throw new TemplateError('Fn::Sub: a text is needed');
  const values = variables as Record<string, unknown>;
  return template.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(values, name)) return scope.string(values[name], `Fn::Sub ${name}`);
    const [logicalId, ...attribute] = name.split('.');
    const found =
      attribute.length === 0 ? scope.reference(name) : scope.attribute(logicalId!, attribute.join('.'));
    return scope.string(found, `Fn::Sub ${name}`);
  });
}
