/** The part of `process` that the program uses: a test brings its own. */
export type Terminal = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd' | 'on' | 'off'>;

/** 0 all fetched, 1 something failed or a threshold broke, 2 refused, 3 incomplete or broken down. */
export type ExitCode = 0 | 1 | 2 | 3;
