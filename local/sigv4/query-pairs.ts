/** Decoded name and value of each query parameter, in the order sent. Throws URIError on broken escapes. */
export function queryPairs(rawQuery: string): [name: string, value: string][] {
  return rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals === -1
        ? [decode(pair), '']
        : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
