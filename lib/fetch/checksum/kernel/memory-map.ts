/** Where things lie in the kernel's memory. */

/** Eight tables of 256 entries of eight bytes for each polynomial. */
export const tableBytes = 8 * 256 * 8;

/** What is before the data is read as zeros, and never written. */
export const dataAt = 64 * 1024;
export const dataBytes = 256 * 1024;

/** The last, unfolded bytes are finished here, apart from the folded ones. */
export const windowAt = dataAt + dataBytes;
export const windowBytes = 16 * 1024;

export const memoryBytes = windowAt + windowBytes;
