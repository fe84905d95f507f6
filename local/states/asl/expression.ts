import { DefinitionError } from './definition-error';
import { type IntrinsicCall, type IntrinsicNode, parseIntrinsic } from './intrinsic-parse';
import { intrinsics } from './intrinsics';
import type { Json } from './json';
import { compilePath } from './path';
import { runtimeError, StateError } from './state-error';

export type Expression = (input: Json, context: Json) => Json;

/** Compiles what may stand behind a key that ends in `.$`: a path or an intrinsic function. */
export function compileExpression(text: string, where: string, field: string): Expression {
  if (text.startsWith('$')) return compileNeededPath(text, where, field);
  if (text.startsWith('States.')) return compileCall(parseIntrinsic(text, where), where, field);
  throw new DefinitionError(`${where}: '${text}' is neither a path nor an intrinsic function`);
}

function compileNeededPath(text: string, where: string, field: string): Expression {
  const path = compilePath(text, where);
  return (input, context) => {
    const value = path.read(input, context);
    if (value === undefined)
      throw runtimeError(
        `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${excerpt(input)}'`,
      );
    return value;
  };
}

function compileNode(node: IntrinsicNode, where: string, field: string): Expression {
  if (node.kind === 'value') return () => node.value;
  if (node.kind === 'path') return compileNeededPath(node.text, where, field);
  return compileCall(node, where, field);
}

function compileCall(call: IntrinsicCall, where: string, field: string): Expression {
  const intrinsic = Object.hasOwn(intrinsics, call.name) ? intrinsics[call.name] : undefined;
  if (!intrinsic)
    throw new DefinitionError(`${where}: intrinsic function '${call.name}' is not implemented here`);
  const count = call.args.length;
  if (count < intrinsic.fewest || count > intrinsic.most)
    throw new DefinitionError(
      `${where}: ${call.name} cannot take ${count} argument${count === 1 ? '' : 's'}`,
    );
  const args = call.args.map((arg) => compileNode(arg, where, field));
  return (input, context) => {
    const values = args.map((arg) => arg(input, context));
    try {
      return intrinsic.call(values);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StateError('States.IntrinsicFailure', `${call.name} failed: ${why}`, true);
    }
  };
}

/** A cause is at most 32,768 characters (API shapes of Step Functions): the input alone may have more. */
function excerpt(input: Json): string {
  const text = JSON.stringify(input);
  return text.length <= 1024 ? text : `${text.slice(0, 1024)}…`;
}
