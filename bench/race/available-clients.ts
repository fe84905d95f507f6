import { findProgram } from '../servers/find-program';
import type { Argv, BenchClientKind } from '../clients/bench-client-kind';
import { clientList } from '../clients/client-list';

export interface AvailableClient {
  name: string;
  kind: BenchClientKind;
  argv: Argv;
}

/** Those of the clients that run on this machine; `skip` hears of the others. */
export async function availableClients(
  names: readonly string[],
  folder: string,
  skip: (name: string, why: string) => void,
): Promise<AvailableClient[]> {
  const python = findProgram('python3') !== null;
  const found: AvailableClient[] = [];
  for (const name of names) {
    const kind = clientList[name]!;
    const argv =
      kind.measures === 'process' && !python
        ? 'python3, which measures programs, is not installed'
        : await kind.argv(folder);
    if (typeof argv === 'string') skip(name, argv);
    else found.push({ name, kind, argv });
  }
  return found;
}
