/** Ends every run with one plain line that any program can read. */
module.exports = class ClosingLineReporter {
  onRunComplete(_, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    this.line = `${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`;
    // After jest's own summary, which is written when this returns.
    process.once('exit', () => process.stdout.write(`${this.line}\n`));
  }
};
