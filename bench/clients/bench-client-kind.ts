import type { ChildOutput } from '../race/run-child';
import type { ClientTask } from '../race/client-task';
import type { BenchServer } from '../servers/bench-server';

/** What starts a client: a program and its first arguments. */
export type Argv = [program: string, ...args: string[]];

/** A client that measures its own passes: it takes the task as JSON and prints a ClientResult. */
export interface SectionClient {
  measures: 'section';
  /** Null, with a word for it, where it cannot run here. */
  argv: (folder: string) => Promise<Argv | string>;
}

/** A program that is measured from outside, start-up included. */
export interface WholeProcessClient {
  measures: 'process';
  argv: () => Promise<Argv | string>;
  /** What to run for the task; `scratch` is an empty folder. */
  command: (task: ClientTask, scratch: string) => Promise<Command>;
}

export interface Command {
  args: string[];
  env?: Record<string, string>;
  /** @default all objects of the task; the figures are counted up or down to those */
  objectsMin?: number;
  /** Objects that it read; throws where it did not read them whole. */
  objectsRead: (output: ChildOutput) => Promise<number>;
}

export type BenchClientKind = (SectionClient | WholeProcessClient) & {
  /** It compares the bytes with the checksum that the server offers. */
  verifies: boolean;
  /** In none of the goals: two runs are enough. */
  bystander?: true;
  /** @default any workload of any server */
  suits?: (workload: string, server: Pick<BenchServer, 'checksSignatures'>) => boolean;
};
