import type { RestApiSpec, RestRoute } from './rest-api-spec';

export interface MatchedRoute<T extends RestRoute> {
  route: T;
  /** Without the stage. */
  path: string;
  /** Still percent-encoded, as REST APIs hand them on. */
  pathParameters: Record<string, string> | null;
}

/** Finds the route of a request; the path may start with the stage, as on AWS, or not, as behind a domain name. */
export function matchRoute<T extends RestRoute>(
  api: Pick<RestApiSpec, 'stage'> & { routes: T[] },
  method: string,
  pathname: string,
): MatchedRoute<T> | null {
  const stage = `/${api.stage}`;
  const paths =
    pathname === stage || pathname.startsWith(`${stage}/`)
      ? [pathname.slice(stage.length) || '/', pathname]
      : [pathname];
  for (const path of paths) {
    const found = bestMatch(api.routes, method, path);
    if (found !== null) return found;
  }
  return null;
}

function bestMatch<T extends RestRoute>(routes: T[], method: string, path: string): MatchedRoute<T> | null {
  const matches = routes
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route) => {
      const parameters = matchPath(segments(route.resourcePath), segments(path));
      return parameters === null ? [] : [{ route, parameters }];
    })
    .sort((a, b) => rank(b.route, method).localeCompare(rank(a.route, method)));
  const best = matches[0];
  if (best === undefined) return null;
  const { route, parameters } = best;
  return { route, path, pathParameters: Object.keys(parameters).length === 0 ? null : parameters };
}

function matchPath(pattern: string[], path: string[]): Record<string, string> | null {
  const parameters: [string, string][] = [];
  for (const [index, part] of pattern.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+)?\}$/.exec(part) ?? [];
    const segment = path[index];
    if (segment === undefined || (name === undefined ? part !== segment : segment === '')) return null;
    if (greedy !== undefined) {
      return Object.fromEntries([...parameters, [name!, path.slice(index).join('/')]]);
    }
    if (name !== undefined) parameters.push([name, segment]);
  }
  return pattern.length === path.length ? Object.fromEntries(parameters) : null;
}

/** A fixed segment wins over a parameter, a parameter over a greedy one, a named method over ANY. */
function rank(route: RestRoute, method: string): string {
  const parts = segments(route.resourcePath).map((part) => {
    if (part.endsWith('+}')) return '0';
    return part.startsWith('{') ? '1' : '2';
  });
  return `${parts.join('')}-${route.method === method ? '1' : '0'}`;
}

function segments(path: string): string[] {
  return path
    .replace(/^\//, '')
    .replace(/(.)\/$/, '$1')
    .split('/');
}
