import type { Fields } from './fields';

/** Next, or null for End; a state has exactly one of the two. */
export function compileTransition(fields: Fields): string | null {
  const next = fields.string('Next');
  const end = fields.take('End');
  if (end !== undefined && typeof end !== 'boolean') fields.refuse('End', 'must be true or false');
  if (end === true && next !== undefined) fields.refuse('Next', "cannot stand beside 'End'");
  if (end === true) return null;
  return next ?? fields.refuse('Next', "is needed where 'End' is not true");
}
