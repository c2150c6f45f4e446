/** The words' font, served from its package, so that pages look alike wherever they are opened. */
import type { FastifyInstance } from 'fastify';
import type { Disk } from '../../base/disk.ts';

const FONT_FILE = /^[a-z0-9-]{1,80}\.woff2$/;

/** Adds `/fonts.css` and the files it names; without a font folder the machine's own fonts are used. */
export function addFonts(app: FastifyInstance, folder: Disk | null): void {
  const css = folder?.read('index.css');
  const text = css?.ok ? new TextDecoder().decode(css.value).replaceAll('./files/', '/fonts/') : '';
  app.get('/fonts.css', (_request, reply) => reply.type('text/css').send(text));
  app.get<{ Params: { file: string } }>('/fonts/:file', (request, reply) => {
    const { file } = request.params;
    const read = FONT_FILE.test(file) ? folder?.read(`files/${file}`) : undefined;
    if (!read?.ok) return reply.code(404).type('text/plain').send('404');
    // The name changes with the package's contents: a day is safe and spares the line.
    return reply.type('font/woff2').header('cache-control', 'max-age=86400').send(read.value);
  });
}
