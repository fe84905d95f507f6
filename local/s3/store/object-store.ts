import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { S3Error } from '../s3-error';
import { BodyFiles } from './body-files';
import { checkBucketName } from './bucket-name';
import { lockDataDir } from './data-dir-lock';
import type { IncomingBody } from './incoming-body';
import { Journal, readJournal } from './journal';
import { nullVersionId, type StoredObject } from './object-version';
import { referencedBodies, snapshot } from './snapshot';
import type { StoreEvent } from './store-event';
import { type Bucket, StoreIndex } from './store-index';

/** `bodyPath` holds exactly the object's bytes and is never written again; it goes when the object is replaced. */
export interface ObjectCreated {
  bucket: string;
  key: string;
  sizeBytes: number;
  bodyPath: string;
}

export type ObjectCreatedListener = (event: ObjectCreated) => void;

/** Buckets and objects in a folder: an index in memory, a journal of its changes, and a file a body. */
export class ObjectStore {
  readonly bodies: BodyFiles;
  readonly #index = new StoreIndex();
  readonly #journal: Journal;
  readonly #unlock: () => void;
  #isClosed = false;
  readonly #listeners = new Set<ObjectCreatedListener>();

  /** Throws DataDirLockedError while another process has the folder open. */
  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#unlock = lockDataDir(dataDir);
    try {
      const journalPath = join(dataDir, 'journal.jsonl');
      for (const event of readJournal(journalPath)) this.#index.apply(event);
      this.#journal = Journal.rewrite(journalPath, snapshot(this.#index));
      this.bodies = new BodyFiles(dataDir);
      this.bodies.sweep(referencedBodies(this.#index));
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  /** Does nothing where the bucket exists. */
  createBucket(name: string): void {
    checkBucketName(name);
    if (!this.#index.buckets.has(name)) this.record({ type: 'bucket', bucket: name, createdMs: Date.now() });
  }

  hasBucket(name: string): boolean {
    return this.#index.buckets.has(name);
  }

  listBuckets(): { name: string; createdMs: number }[] {
    const buckets = Array.from(this.#index.buckets.values(), ({ name, createdMs }) => ({ name, createdMs }));
    return buckets.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  bucket(name: string): Bucket {
    const bucket = this.#index.buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', undefined, { details: [['BucketName', name]] });
    return bucket;
  }

  /** Called after an object is kept; what a listener throws is the process's error, not the uploader's. */
  onObjectCreated(listener: ObjectCreatedListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Makes a whole body the key's newest version, in one step. */
  keepObject(
    bucket: Bucket,
    key: string,
    body: IncomingBody,
    about: Omit<StoredObject, 'kind' | 'versionId' | 'bodyId' | 'lastModifiedMs'>,
    uploadId?: string,
  ): StoredObject {
    const { bodyId } = body;
    const versionId = this.newVersionId(bucket);
    const version: StoredObject = { kind: 'object', versionId, lastModifiedMs: Date.now(), bodyId, ...about };
    this.bodies.keep(body);
    this.record({ type: 'version', bucket: bucket.name, key, version, ...(uploadId && { uploadId }) });
    const event = {
      bucket: bucket.name,
      key,
      sizeBytes: version.sizeBytes,
      bodyPath: this.bodies.path(bodyId),
    };
    for (const listener of this.#listeners) queueMicrotask(() => listener(event));
    return version;
  }

  newVersionId(bucket: Bucket): string {
    return bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : nullVersionId;
  }

  record(event: StoreEvent): void {
    this.#journal.append(event);
    this.bodies.remove(this.#index.apply(event));
    if (this.#journal.isWorthRewriting()) this.#journal.rewrite(snapshot(this.#index));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.bodies.openFiles.closeAll();
    this.#journal.close();
    this.#unlock();
  }
}
