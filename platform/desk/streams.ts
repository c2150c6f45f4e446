/** Streams of events to pages that are open (Server-Sent Events): names alone, the page then asks for what it shows. */
import type { FastifyReply } from 'fastify';
import type { Clock } from '../../base/clock.ts';
import type { LiveStream } from './call.ts';

/** A line without meaning, so that nothing between here and the page takes it for dead. */
const PULSE_MS = 25_000;
/** The most pages that listen at once; whoever comes beyond has the link to look again. */
const MOST = 200;

/** The streams of one server. */
export interface Streams {
  /** Answers with a stream, until the page is gone. */
  begin(reply: FastifyReply, stream: LiveStream): FastifyReply;
  /** Ends all of them. */
  stop(): void;
}

/** No streams yet. */
export function createStreams(clock: Clock): Streams {
  const open = new Set<() => void>();
  return {
    begin(reply, stream) {
      if (open.size >= MOST) return reply.code(503).type('text/plain').send('503');
      const headers = reply.getHeaders();
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, { ...(headers as Record<string, string>), 'content-type': 'text/event-stream' });
      raw.write('retry: 5000\n\n');
      let cancel = () => {};
      const pulse = () => {
        raw.write(':\n\n');
        cancel = clock.after(PULSE_MS, pulse);
      };
      cancel = clock.after(PULSE_MS, pulse);
      const stopStream = stream((event) => raw.write(`event: ${event}\ndata:\n\n`));
      const end = () => {
        open.delete(end);
        cancel();
        stopStream();
        raw.end();
      };
      open.add(end);
      raw.once('close', end);
      return reply;
    },
    stop() {
      for (const end of [...open]) end();
    },
  };
}
