import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours where they are wanted, plain text elsewhere. */
export type Paint = (format: Format, text: string) => string;

export function painter(color: boolean): Paint {
  return color ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}
