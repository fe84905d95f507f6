import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '..');
const folders = ['bin', 'lib', 'lambda', 'local'];

interface SourceFile {
  /** From the root, e.g. `lib/run/plan.ts`. */
  path: string;
  lines: number;
  imports: Import[];
}

/** What an import names: a file of ours, or a package. */
interface Import {
  file: string | null;
  name: string;
  typeOnly: boolean;
}

const files = new Map(
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((at) => join(folder, at)),
    )
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readSource(path)] as const),
);

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|(?:import|require)\(\s*['"]([^'"]+)['"]/gm,
  );
  const imports = [...statements].map(([, type, statement, call]) => {
    const name = (statement ?? call)!;
    return { name, file: fileOf(path, name), typeOnly: type !== undefined };
  });
  return { path, lines: text.split('\n').length - 1, imports };
}

function fileOf(from: string, name: string): string | null {
  if (!name.startsWith('.')) return null;
  const path = relative(root, join(root, dirname(from), name));
  return /\.[a-z]+$/.test(path) ? path : `${path}.ts`;
}

const all = [...files.values()];

/** Where a file stands: `lib/run`, `lambda`, `local`, `bin`. */
const layerOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('lib/') ? 2 : 1)
    .join('/');

// Each may import itself and what is named; nothing else of ours.
const mayImport: Record<string, string[]> = {
  'lib/fetch': [],
  'lib/run': ['lib/fetch'],
  'lib/summary': ['lib/run', 'lib/fetch'],
  'lib/diagnosis': ['lib/summary', 'lib/run', 'lib/fetch'],
  'lib/report': ['lib/diagnosis', 'lib/summary', 'lib/run', 'lib/fetch'],
  'lib/api': ['lib/report', 'lib/diagnosis', 'lib/summary', 'lib/run', 'lib/fetch'],
  'lib/machine': [],
  // What may be asked for and what may be read is said once, for the template and for the handlers.
  'lib/stack': ['lib/machine', 'lib/run'],
  lambda: ['lib/api', 'lib/report', 'lib/diagnosis', 'lib/summary', 'lib/run', 'lib/fetch'],
  local: [
    'lambda',
    'lib/machine',
    'lib/api',
    'lib/report',
    'lib/diagnosis',
    'lib/summary',
    'lib/run',
    'lib/fetch',
  ],
  bin: [
    'local',
    'lambda',
    'lib/stack',
    'lib/machine',
    'lib/api',
    'lib/report',
    'lib/diagnosis',
    'lib/summary',
    'lib/run',
    'lib/fetch',
  ],
};

test('the sources are found, and their imports lead to files that exist', () => {
  expect(all.length).toBeGreaterThan(100);
  const edges = all.flatMap(({ path, imports }) => imports.map((one) => ({ path, ...one })));
  expect(edges.length).toBeGreaterThan(500);
  const lost = edges.filter(({ file }) => file?.endsWith('.ts') && !files.has(file));
  expect(lost).toEqual([]);
});

test('imports go one way', () => {
  const wrong = all.flatMap(({ path, imports }) =>
    imports.flatMap(({ file }) => {
      if (file === null || layerOf(file) === layerOf(path)) return [];
      return mayImport[layerOf(path)]?.includes(layerOf(file)) ? [] : `${path} imports ${file}`;
    }),
  );
  expect(wrong).toEqual([]);
});

test('no imports go round in circles', () => {
  expect(circles()).toEqual([]);
});

// Types too: a circle of types is a circle for who reads.
function circles(): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: string[]) => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const { file } of files.get(path)?.imports ?? []) if (file) visit(file, [...way, path]);
    done.add(path);
  };
  for (const path of files.keys()) visit(path, []);
  return found;
}

test('only the stack and its app know aws-cdk-lib', () => {
  const cdk = /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/;
  const wrong = all
    .filter(({ path }) => layerOf(path) !== 'lib/stack' && path !== 'bin/app.ts')
    .filter(({ imports }) => imports.some(({ name }) => cdk.test(name)))
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
});

// Nothing of these knows a clock, a network, a disk or an environment, but for what is named here.
const pure = ['lib/summary', 'lib/diagnosis', 'lib/report'];
const allowedBuiltins: Record<string, string[]> = {
  // Colours are text; node:util touches nothing outside.
  'lib/report/paint.ts': ['node:util'],
};
const readsTheStore: Record<string, string> = {
  'lib/summary/summarize-run.ts': 'brings what lies in a run folder to the pure summarize()',
};
const impureFiles = ['lib/run/run-store.ts', 'lib/run/load-plan.ts', 'lib/run/record-writer.ts'];

test('summary, diagnosis and report are pure', () => {
  const wrong = all
    .filter(({ path }) => pure.includes(layerOf(path)))
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ name, file, typeOnly }) => {
        const outside = isBuiltin(name) && !allowedBuiltins[path]?.includes(name);
        const reaches = (file !== null && impureFiles.includes(file)) || name.startsWith('@aws-sdk/');
        return outside || (reaches && !typeOnly && !(path in readsTheStore)) ? `${path} imports ${name}` : [];
      }),
    );
  expect(wrong).toEqual([]);
});

test('nor do they ask for time, chance or the environment by name', () => {
  const wrong = all
    .filter(({ path }) => pure.includes(layerOf(path)))
    .filter(({ path }) =>
      /\b(Date\.now|new Date\(\)|performance\.|Math\.random|process\.|fetch\(|setTimeout)/.test(
        readFileSync(join(root, path), 'utf8'),
      ),
    )
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
});

test('every exception is still one', () => {
  for (const path of [...Object.keys(allowedBuiltins), ...Object.keys(readsTheStore), ...impureFiles])
    expect(files.has(path)).toBe(true);
});

test('no folder is a dumping ground', () => {
  const wrong = [...files.keys()].filter((path) =>
    /(^|\/)(utils?|common|helpers?|shared|types)(\/|\.ts$)/.test(path),
  );
  expect(wrong).toEqual([]);
});

test('no source file is longer than 300 lines', () => {
  expect(all.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
});

test('no default exports and, but for the public entries, no barrels', () => {
  const entries = ['lib/fetch/index.ts', 'lib/stack/index.ts'];
  const wrong = [...files.keys()]
    .filter((path) => !entries.includes(path))
    .filter((path) =>
      /^export (default\b|(type )?\*)|(^|\/)index\.ts$/m.test(
        `${readFileSync(join(root, path), 'utf8')}\n${path}`,
      ),
    );
  expect(wrong).toEqual([]);
});
