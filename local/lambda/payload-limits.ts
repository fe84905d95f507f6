// Synchronous payload: 6 MB in and out; docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2026-11.
export const maxRequestBytes = 6 * 1024 * 1024;
// The figure in Lambda's own Function.ResponseSizeTooLarge message: 6 MB and 100 bytes.
export const maxResponseBytes = maxRequestBytes + 100;
// Asynchronous payload: 1 MB; same page.
export const maxEventRequestBytes = 1024 * 1024;
