import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, type Session } from 'electron';
import type { ScreenMedia } from '../../host/media-policy.ts';
import { SCHEME } from '../decisions/address.ts';
import { responseHeaders } from '../decisions/csp.ts';
import { OUT_OF_SERVICE_STYLE, outOfServicePage } from '../decisions/out-of-service.ts';
import { type Answer, CONTENT_TYPES, decideAnswer, type Folder } from '../decisions/protocol.ts';

interface ServeOptions extends ScreenMedia {
  /** Where the files of each folder are. */
  readonly folders: Readonly<Record<Folder, string>>;
  readonly supportPhone: string;
}

/** Serves the bundle of the screens, and the out-of-service page, under our own scheme. */
export function serveScreens(session: Session, options: ServeOptions): void {
  session.protocol.handle(SCHEME, (request) => answer(decideAnswer(request), options));
}

async function answer(decided: Answer, options: ServeOptions): Promise<Response> {
  if (decided.kind === 'file')
    return answerFile(join(options.folders[decided.of], decided.path), decided.contentType, options);
  if (decided.kind === 'refused') return refuse(decided.status, options);
  return decided.part === 'page'
    ? answerText(outOfServicePage(options.supportPhone), 'html', options)
    : answerText(OUT_OF_SERVICE_STYLE, 'css', options);
}

async function answerFile(path: string, contentType: string, cabinet: ScreenMedia): Promise<Response> {
  try {
    // Electron's own fetch reads inside the packed archive too.
    const file = await net.fetch(pathToFileURL(path).href);
    return new Response(file.body, { status: 200, headers: responseHeaders(contentType, cabinet) });
  } catch {
    return refuse(404, cabinet);
  }
}

function answerText(text: string, ending: string, cabinet: ScreenMedia): Response {
  const contentType = CONTENT_TYPES.get(ending) ?? 'text/plain';
  return new Response(text, { headers: responseHeaders(contentType, cabinet) });
}

function refuse(status: number, cabinet: ScreenMedia): Response {
  return new Response(null, { status, headers: responseHeaders('text/plain; charset=utf-8', cabinet) });
}
