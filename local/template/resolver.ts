import type { Template } from './cloud-assembly';
import { intrinsics } from './intrinsics';
import { type Place, resourceAttributes } from './resource-attributes';
import type { Scope } from './scope';
import { TemplateError } from './template-error';

/** Turns a template's values into what CloudFormation would deploy; refuses by name what it cannot. */
export class Resolver implements Scope {
  readonly template: Template;
  readonly place: Place;
  #open = new Set<string>();

  constructor(template: Template, place: Place) {
    this.template = template;
    this.place = place;
  }

  /** Undefined for `AWS::NoValue`, which also leaves its list or object. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((it) => this.resolve(it)).filter((it) => it !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? ['', undefined];
    if (entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
      return this.#call(name, argument);
    }
    return Object.fromEntries(
      entries.map(([key, it]) => [key, this.resolve(it)]).filter(([, it]) => it !== undefined),
    );
  }

  string(value: unknown, what: string): string {
    const resolved = this.resolve(value);
    if (typeof resolved === 'string') return resolved;
    if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved);
    throw new TemplateError(`${what}: a text is needed, not ${JSON.stringify(resolved)}`);
  }

  reference(name: string): unknown {
    if (name.startsWith('AWS::')) return this.#pseudoParameter(name);
    const parameter = own(this.template.Parameters, name);
    if (parameter === undefined) return this.attribute(name, 'ref');
    if (parameter.Type.startsWith('AWS::SSM::')) {
      throw new TemplateError(
        `parameter ${name} lies in the Parameter Store, which this machine does not have`,
      );
    }
    if (parameter.Default === undefined) throw new TemplateError(`parameter ${name} has no default`);
    return parameter.Type === 'CommaDelimitedList' ? parameter.Default.split(',') : parameter.Default;
  }

  /** A resource's attribute; `ref` for what `Ref` gives. */
  attribute(logicalId: string, attribute: string): string {
    const resource = own(this.template.Resources, logicalId);
    if (resource === undefined) throw new TemplateError(`the template has no resource ${logicalId}`);
    const attributes = this.#guarded(logicalId, () =>
      resourceAttributes(resource.Type, logicalId, (name) => this.#givenName(logicalId, name), this.place),
    );
    if (attributes === null || !Object.hasOwn(attributes, attribute)) {
      const wanted = attribute === 'ref' ? 'Ref' : `attribute ${attribute}`;
      throw new TemplateError(`${wanted} of ${logicalId} (${resource.Type}) is not known on this machine`);
    }
    return attributes[attribute]!;
  }

  condition(name: string): boolean {
    const condition = own(this.template.Conditions, name);
    if (condition === undefined) throw new TemplateError(`the template has no condition ${name}`);
    const result = this.#guarded(`condition ${name}`, () => this.resolve(condition));
    if (typeof result !== 'boolean') throw new TemplateError(`condition ${name} is neither true nor false`);
    return result;
  }

  #call(name: string, argument: unknown): unknown {
    const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
    if (intrinsic === undefined) throw new TemplateError(`${name} is not known on this machine`);
    return intrinsic(this, argument);
  }

  #givenName(logicalId: string, property: string): string | undefined {
    const value = this.resolve(this.template.Resources[logicalId]?.Properties?.[property]);
    return value === undefined ? undefined : this.string(value, `${logicalId}.${property}`);
  }

  #pseudoParameter(name: string): string | undefined {
    const { region, accountId, partition, urlSuffix, stackName } = this.place;
    const values: Record<string, string | undefined> = {
      'AWS::Region': region,
      'AWS::AccountId': accountId,
      'AWS::Partition': partition,
      'AWS::URLSuffix': urlSuffix,
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
      'AWS::NoValue': undefined,
    };
    if (!Object.hasOwn(values, name)) throw new TemplateError(`${name} is not known on this machine`);
    return values[name];
  }

  #guarded<T>(name: string, resolve: () => T): T {
    if (this.#open.has(name)) throw new TemplateError(`${name} refers to itself`);
    this.#open.add(name);
    try {
      return resolve();
    } finally {
      this.#open.delete(name);
    }
  }
}

/** A name like `toString` is not one of the template's. */
function own<T>(map: Record<string, T> | undefined, name: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}
