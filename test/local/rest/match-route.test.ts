import * as fc from 'fast-check';
import { matchRoute } from '../../../local/rest/match-route';
import { route } from './rest-spec';

const routes = ['/runs', '/runs/{id}', '/runs/latest', '/runs/{id}/report', '/files/{path+}', '/'].map((it) =>
  route({ resourcePath: it }),
);
const api = { stage: 'v1', routes: [...routes, route({ method: 'ANY', resourcePath: '/runs/{id}' })] };

test.each([
  ['GET', '/runs', '/runs', null],
  ['GET', '/v1/runs', '/runs', null],
  ['GET', '/runs/', '/runs', null],
  ['GET', '/', '/', null],
  ['GET', '/v1', '/', null],
  ['GET', '/runs/latest', '/runs/latest', null],
  ['GET', '/runs/7', '/runs/{id}', { id: '7' }],
  ['GET', '/runs/__proto__/report', '/runs/{id}/report', { id: '__proto__' }],
  ['DELETE', '/v1/runs/7', '/runs/{id}', { id: '7' }],
  ['GET', '/files/a/b%20c/d', '/files/{path+}', { path: 'a/b%20c/d' }],
])('%s %s is %s', (method, path, resourcePath, pathParameters) => {
  const matched = matchRoute(api, method, path);
  expect(matched?.route.resourcePath).toBe(resourcePath);
  expect(matched?.pathParameters).toEqual(pathParameters);
});

test.each([
  ['DELETE', '/runs'],
  ['GET', '/runs//report'],
  ['GET', '/files'],
  ['GET', '/v1v1/runs'],
  ['GET', '/runs/a/b'],
  ['get', '/runs'],
])('%s %s is nowhere', (method, path) => {
  expect(matchRoute(api, method, path)).toBeNull();
});

test('a stage of the same name as a resource hides nothing', () => {
  const runs = { stage: 'runs', routes: [route(), route({ resourcePath: '/runs/{id}' })] };
  expect(matchRoute(runs, 'GET', '/runs')?.route.resourcePath).toBe('/runs');
  expect(matchRoute(runs, 'GET', '/runs/7')?.pathParameters).toEqual({ id: '7' });
  expect(matchRoute(runs, 'GET', '/runs/runs/7')?.pathParameters).toEqual({ id: '7' });
});

test('a parameter is the segment as it was sent, whatever it holds', () => {
  const segment = fc.string({ minLength: 1 }).map(encodeURIComponent);
  fc.assert(
    fc.property(segment, (id) => {
      fc.pre(id !== 'latest');
      expect(matchRoute(api, 'GET', `/v1/runs/${id}`)?.pathParameters).toEqual({ id });
    }),
  );
});
