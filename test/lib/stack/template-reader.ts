import type { Template } from 'aws-cdk-lib/assertions';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, unknown>;
}

export function resources(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type) as Record<string, Resource>);
}

/** The one resource of this type whose logical id begins so. */
export function resource(template: Template, type: string, idStart = ''): Resource {
  const found = resources(template, type).filter(([id]) => id.startsWith(idStart));
  if (found.length !== 1) throw new Error(`${found.length} resources ${type} ${idStart}`);
  return found[0]![1];
}

/** What a role may do, as lines: `action, action on resource, resource when condition`. */
export function permissions(template: Template, roleIdStart: string): string[] {
  const policy = resource(template, 'AWS::IAM::Policy', roleIdStart);
  const { Statement: statements } = policy.Properties['PolicyDocument'] as { Statement: Statement[] };
  return statements.map(permission).sort();
}

function permission({ Effect, Action, Resource, Condition }: Statement): string {
  const when = Condition ? ` when ${JSON.stringify(Condition)}` : '';
  return `${Effect} ${list(Action).join(', ')} on ${list(Resource).join(', ')}${when}`;
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(readable);
}

/** `Fn::Join` and references as one line: `<LogicalId.Arn>/runs/*`. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const [name, argument] = Object.entries(value as Record<string, unknown>)[0]!;
  if (name === 'Ref') return `<${shortId(argument as string)}>`;
  if (name === 'Fn::GetAtt') {
    const [id, attribute] = argument as [string, string];
    return `<${shortId(id)}.${attribute}>`;
  }
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(readable).join('');
  throw new Error(`a test cannot read ${name}`);
}

/** Without the eight letters of hash that end every logical id. */
function shortId(id: string): string {
  return id.replace(/^Tuner/, '').replace(/[0-9A-F]{8}$/, '');
}
