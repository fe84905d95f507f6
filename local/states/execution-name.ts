import { ServiceError } from './service-error';

/** StartExecution, API reference: 1 to 80 characters, none of these. */
const maxNameLength = 80;
// oxlint-disable-next-line no-control-regex -- the API names control characters as forbidden
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;

export function checkExecutionName(name: string): void {
  if (name.length >= 1 && name.length <= maxNameLength && !forbidden.test(name)) return;
  throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
}
