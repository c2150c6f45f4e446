import { z } from 'zod';
import { matterSchema } from './schema.ts';

/**
 * The JSON Schema that editors check a matter file against while it is written; kept in
 * `matter.schema.json`. It says less than `parseMatter`: how parts fit together is not in it.
 */
export function matterJsonSchema(): unknown {
  return { title: 'Yizhan matter', ...z.toJSONSchema(matterSchema, { io: 'input', reused: 'ref' }) };
}
