/** One Lambda function as the sandboxes need it. */
export interface FunctionSpec {
  name: string;
  arn: string;
  /** Folder of the esbuild bundle: it holds index.mjs or index.js. */
  codeDir: string;
  /** `index.handler`: module, dot, export. */
  handler: string;
  /** `nodejs24.x` */
  runtime: string;
  timeoutSeconds: number;
  memorySizeMb: number;
  environment: Record<string, string>;
  reservedConcurrency?: number;
}
