import type { Terminal } from './terminal';

/** The first Ctrl-C (or TERM) aborts the signal; the second ends the process as the shell expects. */
export function untilInterrupted(terminal: Terminal): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  terminal.on('SIGINT', onSignal);
  terminal.on('SIGTERM', onSignal);
  const end = () => {
    terminal.off('SIGINT', onSignal);
    terminal.off('SIGTERM', onSignal);
  };
  return { signal: controller.signal, end };
}
