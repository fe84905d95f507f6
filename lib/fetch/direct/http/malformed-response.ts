/** The peer does not speak HTTP/1.1 as RFC 9112 writes it: nothing more that it says on this connection is believed. */
export class MalformedResponse extends Error {
  override name = 'MalformedResponse';
}
