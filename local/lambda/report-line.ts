import type { FunctionSpec } from './function-spec';

/** The lines that end an invocation's log on AWS; init is billed since August 2025. */
export function reportLine(
  spec: FunctionSpec,
  requestId: string,
  durationMs: number,
  initMs: number | null,
): string[] {
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${spec.memorySizeMb} MB`,
    ...(initMs === null ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
  ];
  return [`END RequestId: ${requestId}`, fields.join('\t')];
}
