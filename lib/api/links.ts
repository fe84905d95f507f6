import type { ApiRequest } from './api';

/** Where a run can be asked after, relative to the API's host. */
export function linksOf({ stagePath }: Pick<ApiRequest, 'stagePath'>, runId: string) {
  const run = `${stagePath}/runs/${runId}`;
  return { self: run, report: `${run}/report`, records: `${run}/records` };
}
