import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificate {
  certFile: string;
  keyFile: string;
}

/** A certificate for 127.0.0.1 that lives as long as the bench's folder; null where openssl is not installed. */
export async function makeCertificate(folder: string): Promise<Certificate | null> {
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  args.push('-keyout', keyFile, '-out', certFile, '-days', '2', '-subj', '/CN=localhost');
  args.push('-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  try {
    await run('openssl', args, { timeout: 20_000 });
    return { certFile, keyFile };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  }
}
