/** Plain HTML forms: small, of text fields only. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

const FORM_TYPE = 'application/x-www-form-urlencoded';
const FORM_BYTES = 128 * 1024;
const FIELD_CHARS = 4_000;
/** The one field that holds more than words: a picture that the page made small, in base64url. */
export const PICTURE_FIELD = 'picture';
const PICTURE_CHARS = 90_000;

/** Lets routes of `app` take forms. */
export function addForms(app: FastifyInstance): void {
  app.addContentTypeParser(FORM_TYPE, { parseAs: 'string', bodyLimit: FORM_BYTES }, keepText);
}

async function keepText(_request: FastifyRequest, body: string): Promise<string> {
  return body;
}

/** The fields of a form, the last of each name; control characters but line breaks are taken out. */
export function formOf(request: FastifyRequest): Readonly<Record<string, string>> {
  if (typeof request.body !== 'string') return {};
  const fields = [...new URLSearchParams(request.body)].map(([name, value]) => [
    name,
    name === PICTURE_FIELD ? value.slice(0, PICTURE_CHARS) : cleaned(value),
  ]);
  return Object.fromEntries(fields);
}

function cleaned(value: string): string {
  return (
    value
      .slice(0, FIELD_CHARS)
      .replaceAll('\r\n', '\n')
      // Control characters, and those nobody sees that turn the direction of what a resident will read.
      .replaceAll(/[^\n\P{Cc}]|\p{Cf}/gu, '')
  );
}
