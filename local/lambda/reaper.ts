import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Kills the sandboxes of a daemon that was itself killed: a handler in an endless loop cannot notice that by itself.
 * A shell that does nothing but read which processes live, until the daemon's end of the pipe closes.
 */
export class Reaper {
  #shell: ChildProcess | null = null;

  start(): void {
    // On Windows there is no such shell; there a sandbox notices by its lifeline alone.
    if (process.platform === 'win32' || this.#shell !== null) return;
    // Detached, so that what ends the daemon's process group leaves it the moment in which it is needed.
    const shell = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
      detached: true,
    });
    shell.on('error', () => {});
    shell.stdin.on('error', () => {});
    shell.unref();
    this.#shell = shell;
  }

  born(pid: number): void {
    this.#shell?.stdin?.write(`+ ${pid}\n`);
  }

  gone(pid: number): void {
    this.#shell?.stdin?.write(`- ${pid}\n`);
  }

  close(): void {
    this.#shell?.stdin?.end();
    this.#shell = null;
  }
}

const script = `
alive=' '
while read -r sign pid; do
  case $sign in
    +) alive="$alive$pid " ;;
    -) case $alive in *" $pid "*) alive="\${alive%% $pid *} \${alive#* $pid }" ;; esac ;;
  esac
done
for pid in $alive; do kill -9 "$pid"; done
`;
