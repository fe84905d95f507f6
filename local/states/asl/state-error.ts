/** An error as Retry and Catch see it: a name to match and a cause to read. */
export class StateError extends Error {
  override name = 'StateError';
  readonly errorName: string;
  override readonly cause: string;
  /** True while the cause does not yet say in which state it happened. */
  readonly unplaced: boolean;

  constructor(errorName: string, cause: string, unplaced = false) {
    super(`${errorName}: ${cause}`);
    this.errorName = errorName;
    this.cause = cause;
    this.unplaced = unplaced;
  }

  /** The cause in the words of AWS, which name the state and the event that entered it. */
  in(stateName: string, enteredId: number): StateError {
    if (!this.unplaced) return this;
    const place = `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredId}).`;
    return new StateError(this.errorName, `${place} ${this.cause}`);
  }
}

export function runtimeError(cause: string): StateError {
  return new StateError('States.Runtime', cause, true);
}
