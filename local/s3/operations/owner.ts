import type { XmlElement } from '../xml/render-xml';

/** There is one account here, and everything is its own. */
export const owner: XmlElement = [
  'Owner',
  [
    ['ID', '0'.repeat(64)],
    ['DisplayName', 'local'],
  ],
];
