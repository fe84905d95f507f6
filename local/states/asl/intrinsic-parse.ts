import { DefinitionError } from './definition-error';
import type { Json } from './json';

export interface IntrinsicCall {
  kind: 'call';
  name: string;
  args: IntrinsicNode[];
}
export type IntrinsicNode = IntrinsicCall | { kind: 'value'; value: Json } | { kind: 'path'; text: string };

/** AWS allows ten intrinsic functions inside each other (Step Functions developer guide, intrinsic functions). */
const maxNesting = 10;
const callStart = /(States\.[A-Za-z0-9]+)\s*\(\s*/y;
const quoted = /'((?:[^'\\]|\\.)*)'/y;
const literal = /(?:null|true|false|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,)])/y;
const pathText = /\$(?:[^\s,()'"[\]]|\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"\]]*)\])*/y;
const space = /\s*/y;

export function parseIntrinsic(text: string, where: string): IntrinsicCall {
  const reader = new Reader(text, where);
  const call = reader.call(1);
  reader.end();
  return call;
}

class Reader {
  readonly #text: string;
  readonly #where: string;
  #at = 0;

  constructor(text: string, where: string) {
    this.#text = text;
    this.#where = where;
  }

  call(depth: number): IntrinsicCall {
    if (depth > maxNesting) this.refuse(`more than ${maxNesting} functions inside each other`);
    const name = this.match(callStart)?.[1];
    if (name === undefined) return this.refuse(`a function call is needed at position ${this.#at}`);
    const args: IntrinsicNode[] = [];
    if (this.eat(')')) return { kind: 'call', name, args };
    do {
      this.match(space);
      args.push(this.argument(depth));
      this.match(space);
    } while (this.eat(','));
    if (!this.eat(')')) this.refuse(`')' is missing at position ${this.#at}`);
    return { kind: 'call', name, args };
  }

  argument(depth: number): IntrinsicNode {
    if (this.#text.startsWith('States.', this.#at)) return this.call(depth + 1);
    const string = this.match(quoted)?.[1];
    if (string !== undefined) return { kind: 'value', value: unescaped(string) };
    const path = this.match(pathText)?.[0];
    if (path !== undefined) return { kind: 'path', text: path };
    const value = this.match(literal)?.[0];
    if (value !== undefined) return { kind: 'value', value: JSON.parse(value) as Json };
    return this.refuse(`an argument is missing at position ${this.#at}`);
  }

  end(): void {
    if (this.#at < this.#text.length) this.refuse(`unexpected text at position ${this.#at}`);
  }

  eat(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  refuse(why: string): never {
    throw new DefinitionError(`${this.#where}: intrinsic function '${this.#text}': ${why}`);
  }
}

/** `\{` and `\}` keep their backslash: States.Format tells them from its placeholders. */
function unescaped(string: string): string {
  return string.replaceAll(/\\([^{}])/gs, '$1');
}
