import type { BenchClientKind } from './bench-client-kind';
import { bundle } from './node-client';

/** No dependency of the project: it runs where somebody has installed it. */
export const undici: BenchClientKind = {
  measures: 'section',
  verifies: false,
  argv: async (folder) => {
    const found = resolveUndici();
    return found === null ? 'not installed' : [...(await bundle(require.resolve('./undici'), folder)), found];
  },
};

// By name only, as no part of the project may need it.
const packageName = 'undici';

function resolveUndici(): string | null {
  try {
    return require.resolve(packageName);
  } catch {
    return null;
  }
}
