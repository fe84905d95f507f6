import type { Resource } from './cloud-assembly';
import type { Resolver } from './resolver';

/** The resources of one type that the template's conditions let be, in the template's order. */
export function stackResources(
  resolver: Resolver,
  type: string,
): { logicalId: string; resource: Resource; properties: Record<string, unknown> }[] {
  return Object.entries(resolver.template.Resources)
    .filter(([, it]) => it.Type === type && (it.Condition === undefined || resolver.condition(it.Condition)))
    .map(([logicalId, resource]) => ({ logicalId, resource, properties: resource.Properties ?? {} }));
}
