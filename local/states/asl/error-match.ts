import type { Fields } from './fields';

/** Says whether a retrier or catcher is meant by an error name. */
export type ErrorMatch = (errorName: string) => boolean;

/** Step Functions developer guide, error names. Any other name that begins with States. is a misspelling. */
const reservedNames = new Set([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.TaskFailed',
  'States.Timeout',
]);

/** Reads ErrorEquals; `last` is true for the last retrier or catcher of a state. */
export function compileErrorMatch(fields: Fields, last: boolean): ErrorMatch {
  const names = fields.array('ErrorEquals') ?? fields.refuse('ErrorEquals', 'is needed');
  if (names.length === 0) fields.refuse('ErrorEquals', 'must name an error');
  const exact = new Set<string>();
  for (const name of names) {
    if (typeof name !== 'string') return fields.refuse('ErrorEquals', 'must hold strings');
    if (name === 'States.Runtime')
      fields.refuse('ErrorEquals', "'States.Runtime' can be neither retried nor caught");
    if (name.startsWith('States.') && !reservedNames.has(name))
      fields.refuse('ErrorEquals', `error name '${name}' is not implemented here`);
    exact.add(name);
  }
  if (exact.has('States.ALL') && (names.length > 1 || !last))
    fields.refuse('ErrorEquals', "'States.ALL' must stand alone and last");
  return (errorName) =>
    exact.has(errorName) ||
    (exact.has('States.ALL') && !isTerminal(errorName)) ||
    (exact.has('States.TaskFailed') && !isTerminal(errorName) && errorName !== 'States.Timeout') ||
    (exact.has('States.Timeout') && errorName === 'States.HeartbeatTimeout');
}

/** No wildcard takes these (Step Functions developer guide, error names). */
function isTerminal(errorName: string): boolean {
  return errorName === 'States.Runtime' || errorName === 'States.DataLimitExceeded';
}
