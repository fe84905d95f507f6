/** A definition that this interpreter refuses at load, because running it would not be what AWS does. */
export class DefinitionError extends Error {
  override name = 'DefinitionError';
}
