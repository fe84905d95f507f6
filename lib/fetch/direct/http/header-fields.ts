/**
 * The fields of a well-formed head, found when they are asked for: of the dozen that S3 sends, half are never
 * looked at, and cutting all of them up would cost as much as the rest of a small request.
 */
export class HeaderFields {
  readonly #text: string;
  readonly #lower: string;

  /** The head as it came, without the empty line that ends it. */
  constructor(text: string) {
    this.#text = text;
    this.#lower = text.toLowerCase();
  }

  /** `name` in lower case. The values of a name that is repeated are joined by a comma. */
  get(name: string): string | undefined {
    const start = `\r\n${name}:`;
    let at = this.#lower.indexOf(start);
    if (at < 0) return undefined;
    let value = this.#valueAt(at + start.length);
    while ((at = this.#lower.indexOf(start, at + start.length)) >= 0)
      value += `, ${this.#valueAt(at + start.length)}`;
    return value;
  }

  /** All fields whose name begins with `prefix`, without a prototype: the names come from outside. */
  startingWith(prefix: string): Record<string, string> {
    const found = Object.create(null) as Record<string, string>;
    const start = `\r\n${prefix}`;
    for (let at = this.#lower.indexOf(start); at >= 0; at = this.#lower.indexOf(start, at + 2)) {
      const name = this.#lower.slice(at + 2, this.#lower.indexOf(':', at));
      found[name] ??= this.get(name)!;
    }
    return found;
  }

  isMoreThan(count: number): boolean {
    // "a:" and the end of the line before it.
    if (this.#text.length < count * 4) return false;
    return this.#text.split('\r\n').length - 1 > count;
  }

  #valueAt(from: number): string {
    const end = this.#text.indexOf('\r\n', from);
    return this.#text.slice(from, end < 0 ? undefined : end).trim();
  }
}
