import { runClient } from './run-client';
import { sdkReader } from './sdk-reader';

/** The SDK with checksums left unverified. */
void runClient((task) => sdkReader(task, { responseChecksumValidation: 'WHEN_REQUIRED' }));
