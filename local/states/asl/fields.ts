import { DefinitionError } from './definition-error';
import { isObject, type Json, type JsonObject } from './json';

/** The fields of one object of a definition, each to be taken by name; `end` refuses what nobody took. */
export class Fields {
  readonly where: string;
  readonly #left: Map<string, Json>;

  constructor(where: string, raw: Json | undefined) {
    if (!isObject(raw)) throw new DefinitionError(`${where}: an object is needed here`);
    this.where = where;
    this.#left = new Map(Object.entries(raw));
  }

  has(name: string): boolean {
    return this.#left.has(name);
  }

  names(): string[] {
    return [...this.#left.keys()];
  }

  take(name: string): Json | undefined {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  string(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || typeof value === 'string') return value;
    return this.refuse(name, 'must be a string');
  }

  neededString(name: string): string {
    return this.string(name) || this.refuse(name, 'is needed');
  }

  number(name: string, lowest: number, highest: number): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= lowest && value <= highest) return value;
    return this.refuse(name, `must be a number from ${lowest} to ${highest}`);
  }

  integer(name: string, lowest: number, highest: number): number | undefined {
    const value = this.number(name, lowest, highest);
    return value === undefined || Number.isInteger(value) ? value : this.refuse(name, 'must be an integer');
  }

  array(name: string): Json[] | undefined {
    const value = this.take(name);
    if (value === undefined || Array.isArray(value)) return value;
    return this.refuse(name, 'must be an array');
  }

  neededObject(name: string): JsonObject {
    const value = this.take(name);
    return isObject(value) ? value : this.refuse(name, 'must be an object');
  }

  /** An object that another step takes. */
  peekObject(name: string): JsonObject {
    const value = this.#left.get(name);
    return isObject(value) ? value : this.refuse(name, 'must be an object');
  }

  /** Refuses two fields that say the same thing twice. */
  notBoth(one: string, other: string): void {
    if (this.has(one) && this.has(other)) this.refuse(other, `cannot stand beside '${one}'`);
  }

  place(name: string): string {
    return `${this.where}, field '${name}'`;
  }

  refuse(name: string, why: string): never {
    throw new DefinitionError(`${this.place(name)}: ${why}`);
  }

  end(): void {
    for (const name of this.#left.keys()) this.refuse(name, 'is not implemented here');
  }
}
