import type { IncomingHttpHeaders } from 'node:http';

const loopback = /^(localhost|([a-z0-9-]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * Why a request is no business of this machine, or null. A page of some web site can make a browser call
 * loopback, by its own script or by a name that it re-points (DNS rebinding): the headers give it away.
 */
export function foreignCaller({ host, origin }: IncomingHttpHeaders): string | null {
  if (host === undefined || !loopback.test(host)) return 'this machine answers to loopback names only';
  if (origin !== undefined && !isLoopbackOrigin(origin))
    return 'this machine does not answer pages of other sites';
  return null;
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && loopback.test(new URL(origin).host);
}
