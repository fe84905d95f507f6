import type { Template } from './cloud-assembly';

/** What an intrinsic function may look at. */
export interface Scope {
  template: Template;
  resolve: (value: unknown) => unknown;
  /** As `resolve`, where a text is needed; `what` names the place in the refusal. */
  string: (value: unknown, what: string) => string;
  /** What `Ref` gives: a parameter, a pseudo parameter or a resource. */
  reference: (name: string) => unknown;
  attribute: (logicalId: string, attribute: string) => string;
  condition: (name: string) => boolean;
}
