export const handler = 'not a function';
throw new RangeError('no such setting');
