import { AsyncLocalStorage } from 'node:async_hooks';
import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { PhaseName, PhasesMs } from '../record';

declare module 'node:http' {
  interface Agent {
    // Where a request waits for its socket; not in Node's documentation, but the only place that sees the wait.
    addRequest(request: ClientRequest, options: object): void;
  }
}

/** Watches one HTTP request from outside the SDK and keeps the moment at which each phase ended. */
export class ConnectionProbe {
  readonly #startMs = performance.now();
  readonly #endedMs: Partial<Record<PhaseName, number>> = {};
  address: string | null = null;
  reused = false;
  /** The phase that the request is in now. */
  phase: PhaseName = 'queue';
  /** Called whenever a phase ends, so that a deadline can follow. */
  onPhase: () => void = () => {};

  watch(request: ClientRequest): void {
    request.once('socket', (socket: Socket) => this.#onSocket(request, socket));
    request.once('finish', () => {
      // Node also says so when a handshake broke and nothing was sent.
      if (this.phase === 'send') this.#end('send', 'firstByte');
    });
    request.once('response', () => this.#end('firstByte', 'body'));
  }

  elapsedMs(): number {
    return performance.now() - this.#startMs;
  }

  /** Sums to `totalMs`: what a phase left open when the request ended is counted to that phase. */
  phasesMs(totalMs: number): PhasesMs {
    const phases: PhasesMs = {
      queue: null,
      dns: null,
      tcp: null,
      tls: null,
      send: null,
      firstByte: null,
      body: null,
    };
    let reachedMs = this.#startMs;
    const open = this.phase;
    for (const name of Object.keys(phases) as PhaseName[]) {
      const endedMs = this.#endedMs[name] ?? (name === open ? this.#startMs + totalMs : undefined);
      if (endedMs === undefined) continue;
      phases[name] = Math.max(0, endedMs - reachedMs);
      reachedMs = Math.max(reachedMs, endedMs);
    }
    return phases;
  }

  #onSocket(request: ClientRequest, socket: Socket): void {
    this.reused = request.reusedSocket;
    this.#end('queue', firstPhaseOf(request, socket));
    if (!socket.connecting) {
      this.address = socket.remoteAddress ?? null;
      return;
    }
    const isTls = 'encrypted' in socket;
    socket.once('lookup', (error: Error | null) => {
      // Node says so of a look-up that failed as well.
      if (!error) this.#end('dns', 'tcp');
    });
    socket.once('connect', () => {
      this.address = socket.remoteAddress ?? null;
      this.#end('tcp', isTls ? 'tls' : 'send');
    });
    if (isTls) (socket as TLSSocket).once('secureConnect', () => this.#end('tls', 'send'));
  }

  #end(phase: PhaseName, next: PhaseName): void {
    this.#endedMs[phase] = performance.now();
    this.phase = next;
    this.onPhase();
  }
}

// An address needs no look-up, and Node tells of none.
function firstPhaseOf({ host }: ClientRequest, { connecting }: Socket): PhaseName {
  if (!connecting) return 'send';
  return isIP(host.replace(/^\[|\]$/g, '')) ? 'tcp' : 'dns';
}

/** The probe of the request that is being made in this asynchronous context. */
export const currentProbe = new AsyncLocalStorage<ConnectionProbe>();

export class ProbedHttpAgent extends http.Agent {
  override addRequest(request: ClientRequest, options: object): void {
    currentProbe.getStore()?.watch(request);
    super.addRequest(request, options);
  }
}

export class ProbedHttpsAgent extends https.Agent {
  override addRequest(request: ClientRequest, options: object): void {
    currentProbe.getStore()?.watch(request);
    super.addRequest(request, options);
  }
}
