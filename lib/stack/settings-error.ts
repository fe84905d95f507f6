/** A setting of the stack that cannot be meant: which one, what is wrong, what to write. */
export class SettingsError extends Error {
  override name = 'SettingsError';

  constructor(setting: string, problem: string, write: string) {
    super(`${setting}: ${problem}; write ${write}`);
  }
}
