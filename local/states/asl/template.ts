import { DefinitionError } from './definition-error';
import { compileExpression, type Expression } from './expression';
import { isObject, type Json, type JsonObject, put } from './json';

/** Compiles Parameters, ItemSelector or ResultSelector: keys ending in `.$` are evaluated, all else is kept. */
export function compileTemplate(template: Json, where: string): Expression {
  return compileNode(template, where) ?? (() => template);
}

/** Null where the whole node is constant, so that it is shared and not rebuilt for every item. */
function compileNode(node: Json, where: string): Expression | null {
  if (Array.isArray(node)) return compileArray(node, where);
  if (isObject(node)) return compileObject(node, where);
  return null;
}

function compileArray(items: Json[], where: string): Expression | null {
  const compiled = items.map((item, i) => compileNode(item, `${where}[${i}]`));
  if (compiled.every((one) => one === null)) return null;
  return (input, context) =>
    items.map((item, i) => {
      const one = compiled[i];
      return one ? one(input, context) : item;
    });
}

function compileObject(object: JsonObject, where: string): Expression | null {
  let dynamic = false;
  const parts = Object.entries(object).map(([key, value]) => {
    const evaluate = key.endsWith('.$')
      ? compileDynamic(key, value, where)
      : compileNode(value, `${where}.${key}`);
    dynamic ||= evaluate !== null;
    return { key: key.endsWith('.$') ? key.slice(0, -2) : key, value, evaluate };
  });
  const names = parts.map((part) => part.key);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new DefinitionError(`${where}: '${twice}' and '${twice}.$' say it twice`);
  if (!dynamic) return null;
  return (input, context) => {
    const result: JsonObject = {};
    for (const { key, value, evaluate } of parts)
      put(result, key, evaluate === null ? value : evaluate(input, context));
    return result;
  };
}

function compileDynamic(key: string, value: Json, where: string): Expression {
  if (typeof value === 'string') return compileExpression(value, `${where}.${key}`, key);
  throw new DefinitionError(`${where}.${key}: a path or an intrinsic function is needed, as a string`);
}
