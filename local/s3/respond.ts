import type { ServerResponse } from 'node:http';
import type { Exchange } from './exchange';
import { hostId } from './request-id';
import type { S3Error } from './s3-error';
import { renderErrorXml, renderXml, type XmlElement } from './xml/render-xml';

/** Headers are name and value in turn. */
export function respondEmpty(
  { response, requestId }: Exchange,
  status: number,
  headers: string[] = [],
): void {
  const length = status === 204 || status === 304 ? [] : ['content-length', '0'];
  writeHead(response, requestId, status, [...headers, ...length]);
  response.end();
}

export function respondXml(
  { response, requestId }: Exchange,
  root: XmlElement,
  headers: string[] = [],
): void {
  sendXml(response, requestId, 200, renderXml(root), headers);
}

export function respondError(
  response: ServerResponse,
  requestId: string,
  resource: string,
  error: S3Error,
  extraHeaders: string[] = [],
): void {
  const { code, message, status, details, headers } = error;
  const content: XmlElement[] = [['Code', code], ['Message', message], ...details];
  content.push(['Resource', resource], ['RequestId', requestId], ['HostId', hostId]);
  sendXml(response, requestId, status, renderErrorXml(content), [...headers, ...extraHeaders]);
}

export function writeHead(
  response: ServerResponse,
  requestId: string,
  status: number,
  headers: string[],
): void {
  // S3 sends no Connection and no Keep-Alive header; clients must find out about idle sockets as they do there.
  response.removeHeader('connection');
  response.writeHead(status, ['x-amz-id-2', hostId, 'x-amz-request-id', requestId, ...headers]);
}

function sendXml(
  response: ServerResponse,
  requestId: string,
  status: number,
  xml: string,
  headers: string[],
): void {
  const body = Buffer.from(xml);
  const about = ['content-type', 'application/xml', 'content-length', String(body.length)];
  writeHead(response, requestId, status, [...headers, ...about]);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
