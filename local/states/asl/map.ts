import { DefinitionError } from './definition-error';
import { compileTemplateField } from './data-flow';
import { type Datum, datum } from './datum';
import { Fields } from './fields';
import { type Iterations, runIterations } from './map-iterations';
import type { Json, JsonObject } from './json';
import { compilePath, type Path } from './path';
import { compileIntegerPath, type Seconds } from './seconds';
import type { Block, BlockCompiler, State } from './state';
import { runtimeError } from './state-error';
import { compileWorkState } from './work-state';

/** An inline Map runs about 40 iterations at once, whatever it asks for (Step Functions developer guide, Map). */
const maxInlineConcurrency = 40;
const distributedFields = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

/** A Map that runs its iterations inside this execution (inline mode). */
export function compileMap(name: string, fields: Fields, compileBlock: BlockCompiler): State {
  const block = compileProcessor(fields, compileBlock);
  for (const field of distributedFields)
    if (fields.has(field))
      fields.refuse(field, 'is for a Distributed Map, which is not implemented here yet');
  if (fields.has('Parameters')) fields.refuse('Parameters', "write 'ItemSelector' instead");
  const itemsPath = compilePath(fields.string('ItemsPath') ?? '$', fields.place('ItemsPath'));
  const select = compileTemplateField(fields, 'ItemSelector');
  const limitOf = compileLimit(fields);
  return compileWorkState(name, 'Map', fields, (thread, input, context, position) => {
    const items = readItems(itemsPath, input, context);
    const limit = limitOf(position.input.value, context) || maxInlineConcurrency;
    const iterations: Iterations = {
      name,
      block,
      count: items.length,
      limit: Math.min(limit, maxInlineConcurrency),
      contextOf: (index) => ({ Item: { Index: index, Value: items[index]! } }),
      inputOf: (index, map) => iterationInput(items[index]!, select, input, { ...context, Map: map }),
    };
    return runIterations(thread, iterations, position);
  });
}

function compileProcessor(fields: Fields, compileBlock: BlockCompiler): Block {
  if (fields.has('Iterator')) fields.refuse('Iterator', "write 'ItemProcessor' instead");
  const processor = new Fields(fields.place('ItemProcessor'), fields.neededObject('ItemProcessor'));
  processor.string('Comment');
  const config = processor.take('ProcessorConfig');
  if (config !== undefined) checkInline(new Fields(processor.place('ProcessorConfig'), config));
  const block = compileBlock(fields.where, {
    startAt: processor.take('StartAt'),
    states: processor.take('States'),
  });
  processor.end();
  return block;
}

function checkInline(config: Fields): void {
  const mode = config.string('Mode') ?? 'INLINE';
  if (mode === 'DISTRIBUTED')
    throw new DefinitionError(`${config.where}: Distributed Map is not implemented here yet`);
  if (mode !== 'INLINE') config.refuse('Mode', `'${mode}' is not implemented here`);
  config.end();
}

function compileLimit(fields: Fields): Seconds {
  fields.notBoth('MaxConcurrency', 'MaxConcurrencyPath');
  const fixed = fields.integer('MaxConcurrency', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const text = fields.string('MaxConcurrencyPath');
  if (text === undefined) return () => fixed;
  return compileIntegerPath(text, fields.place('MaxConcurrencyPath'), 0, Number.MAX_SAFE_INTEGER);
}

function readItems(path: Path, input: Json, context: Json): Json[] {
  const items = path.read(input, context);
  if (Array.isArray(items)) return items;
  throw runtimeError(`Reference path "${path.text}" must point to array.`);
}

function iterationInput(
  item: Json,
  select: ReturnType<typeof compileTemplateField>,
  input: Json,
  context: JsonObject,
): Datum {
  return datum(select === null ? item : select(input, context), 'The Map state gave an iteration an input');
}
