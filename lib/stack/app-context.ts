import type { Node } from 'constructs';
import type { AllowedSource } from './allowed-source';
import type { S3FetchTunerProps } from './s3-fetch-tuner';
import { SettingsError } from './settings-error';

/**
 * What `-c name=value` or the context of cdk.json says of the construct's settings:
 * `allowedSources=bucket/prefix,bucket2`, `memorySizes=1024,1769`, `apiGatewayLogsRole=false`.
 */
export function propsFromContext(node: Node): S3FetchTunerProps {
  const sources = listOf(node, 'allowedSources')?.map(allowedSource);
  const sizes = listOf(node, 'memorySizes')?.map(memorySize);
  const logsRole = flag(node, 'apiGatewayLogsRole');
  return {
    ...(sources && { allowedSources: sources }),
    ...(sizes && { memorySizes: sizes }),
    ...(logsRole !== undefined && { apiGatewayLogsRole: logsRole }),
  };
}

function allowedSource(text: string): AllowedSource {
  // The construct says what is wrong with a URL or an ARN where a name belongs.
  if (/^(s3:\/\/|arn:)/.test(text)) return { bucketName: text };
  const slash = text.indexOf('/');
  if (slash === -1) return { bucketName: text };
  if (slash === 0 || text[slash + 1] === '/')
    throw new SettingsError(
      'allowedSources',
      `${JSON.stringify(text)} has a slash in the wrong place`,
      'BUCKET or BUCKET/PREFIX',
    );
  return { bucketName: text.slice(0, slash), prefix: text.slice(slash + 1) };
}

/** Digits only: Number() would read "0x400" and "1e3" too. */
function memorySize(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** The shell gives one string, cdk.json may give a list. */
function listOf(node: Node, name: string): string[] | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined || value === '') return undefined;
  const items: unknown[] =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
  const trimmed = items.map((item) => (typeof item === 'string' ? item.trim() : JSON.stringify(item)));
  if (trimmed.includes('')) throw new SettingsError(name, 'has an empty item', `${name}=ONE,TWO`);
  return trimmed;
}

function flag(node: Node, name: string): boolean | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new SettingsError(name, `${JSON.stringify(value)} is neither true nor false`, `${name}=false`);
}
