import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from './authenticate';
import type { Exchange, S3Settings } from './exchange';
import { type OperationName, operationNamed, operations } from './operation-table';
import { nextRequestId } from './request-id';
import { requestTarget } from './request-target';
import { respondError } from './respond';
import { S3Error } from './s3-error';
import type { ObjectStore } from './store/object-store';

/** Stands between a request whose signature is right and its operation: may wait, answer itself, or cut the socket. */
export type Intercept = (
  operation: OperationName,
  exchange: Exchange,
  proceed: () => Promise<void>,
) => Promise<void>;

export interface HandlerContext {
  store: ObjectStore;
  settings: S3Settings;
  intercept?: Intercept | undefined;
  onInternalError: (error: unknown, requestId: string) => void;
}

/** Answers one request. The promise, where there is one, ends with the request's work and never rejects. */
export function handleS3Request(
  context: HandlerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> | undefined {
  const requestId = nextRequestId();
  try {
    const { store, settings, intercept } = context;
    const target = requestTarget(request.url!, request.headers.host);
    const signature = authenticate(request, settings);
    const { bucket, key, query } = target;
    const exchange: Exchange = {
      bucket,
      key,
      query,
      request,
      response,
      requestId,
      signature,
      settings,
      store,
    };
    const name = operationNamed(exchange);
    const work = intercept
      ? intercept(name, exchange, async () => operations[name](exchange))
      : operations[name](exchange);
    return work?.catch((error: unknown) => answerError(context, request, response, requestId, error));
  } catch (error) {
    answerError(context, request, response, requestId, error);
    return undefined;
  }
}

function answerError(
  context: HandlerContext,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  error: unknown,
): void {
  // The client has gone, or was answered: there is nobody to tell.
  const unheard = response.destroyed || response.headersSent;
  if (!(error instanceof S3Error) && !isConnectionLoss(error)) context.onInternalError(error, requestId);
  if (unheard) {
    if (!response.writableEnded) response.destroy();
    return;
  }
  const path = request.url!.split('?', 1)[0]!;
  const answer = error instanceof S3Error ? error : new S3Error('InternalError');
  // A client that waits for 100 Continue may never send its body: what comes next would be taken for it.
  const mayKeepBody = request.headers.expect !== undefined && !request.complete;
  respondError(response, requestId, path, answer, mayKeepBody ? ['connection', 'close'] : []);
  // Reading the rest lets the client finish sending and see the answer, and the connection live on.
  request.resume();
}

function isConnectionLoss(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE', 'ECANCELED'].includes(
    code,
  );
}
