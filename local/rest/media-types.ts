/** Whether the API's list of binary media types has this one; `*` stands for any part. */
export function isBinary(binaryMediaTypes: string[], contentType: string | undefined): boolean {
  const type = mediaType(contentType);
  return binaryMediaTypes.some((it) => {
    const [main, sub] = it.split('/');
    const [ownMain, ownSub] = type.split('/');
    return (main === '*' || main === ownMain) && (sub === '*' || sub === ownSub);
  });
}

/** `Application/JSON; charset=utf-8` → `application/json` */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(/[;,]/, 1)[0]!.trim().toLowerCase();
}
