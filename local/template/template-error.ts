/** The template asks for something that this machine does not have; the message names it. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}
