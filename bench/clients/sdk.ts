import { runClient } from './run-client';
import { sdkReader } from './sdk-reader';

/** The SDK as it comes: it verifies the checksums that S3 gives, in JavaScript. */
void runClient((task) => sdkReader(task, {}));
