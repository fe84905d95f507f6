import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { GrantedSource } from './allowed-source';
import type { HandlerFolders } from './bundle-handlers';

/** What all handlers of one stack have in common. */
export interface HandlerSettings {
  handlers: HandlerFolders;
  runsBucket: IBucket;
  granted: readonly GrantedSource[];
  /** The environment that names the allowed sources. */
  sources: Record<string, string>;
  logRetention: RetentionDays;
}
