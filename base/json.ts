import type { z } from 'zod';

/** What UTF-8 JSON holds, when it is of this form; nothing for bytes that are no JSON, or of another form. */
export function findJson<T>(schema: z.ZodType<T>, bytes: Uint8Array): T | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  const read = schema.safeParse(json);
  return read.success ? read.data : undefined;
}
