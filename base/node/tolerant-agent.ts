import { X509Certificate } from 'node:crypto';
import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import {
  checkServerIdentity,
  connect,
  type DetailedPeerCertificate,
  getCACertificates,
  type TLSSocket,
} from 'node:tls';

/** What TLS says when a date is wrong. It is the last of perhaps several reasons, so it proves nothing alone. */
const DATE_ERRORS = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const LONGEST_CHAIN = 10;

/**
 * An agent for a machine whose clock is wrong: a certificate may be out of its dates, and must be right in
 * everything else: name, use, and a chain of signatures up to `authorities` (PEM), or else the same as Node's own.
 * TLS reports one error alone, and of a stranger's expired certificate it says "expired", so the chain is checked
 * here once more whenever a date was the reason.
 */
export function createTolerantAgent(authorities: readonly string[] | undefined): Agent {
  return new TolerantAgent(authorities);
}

class TolerantAgent extends Agent {
  readonly #authorities: readonly string[];

  constructor(authorities: readonly string[] | undefined) {
    // No resumed sessions: they would carry no verdict.
    super({ keepAlive: true, maxCachedSessions: 0 });
    this.#authorities = authorities ?? getCACertificates('default');
  }

  /** Hands the connection over only once its certificate was judged. */
  override createConnection(
    options: RequestOptions,
    handOver: (error: Error | null, socket: Duplex) => void = () => {},
  ): undefined {
    const host = options.host ?? '';
    const servername = options.servername ?? '';
    const socket = connect({
      host,
      port: Number(options.port),
      servername,
      minVersion: 'TLSv1.2',
      ca: [...this.#authorities],
      rejectUnauthorized: false,
    });
    const refuse = (error: Error) => handOver(error, socket);
    socket.once('error', refuse);
    socket.once('secureConnect', () => {
      socket.removeListener('error', refuse);
      if (this.#isAcceptable(socket, servername || host)) return handOver(null, socket);
      socket.destroy();
      refuse(new Error('certificate not trusted'));
    });
  }

  #isAcceptable(socket: TLSSocket, host: string): boolean {
    if (socket.authorized) return true;
    const reason: unknown = socket.authorizationError;
    if (typeof reason !== 'string' || !DATE_ERRORS.has(reason)) return false;
    const peer = socket.getPeerCertificate(true);
    return checkServerIdentity(host, peer) === undefined && isTrustedChain(chainOf(peer), this.#authorities);
  }
}

function chainOf(peer: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let next: DetailedPeerCertificate | undefined = peer;
  while (next?.raw && chain.length < LONGEST_CHAIN) {
    chain.push(new X509Certificate(next.raw));
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}

/** Whether the first is for a server and each was signed by the next authority, the last by a trusted one. */
function isTrustedChain(chain: readonly X509Certificate[], authorities: readonly string[]): boolean {
  const [leaf] = chain;
  const last = chain.at(-1);
  if (!leaf || !last) return false;
  if (leaf.keyUsage && !leaf.keyUsage.includes(SERVER_AUTH)) return false;
  const isLinked = chain.every((cert, index) => {
    const issuer = chain[index + 1];
    return !issuer || isIssuedBy(cert, issuer);
  });
  const isTrusted = (anchor: X509Certificate) => anchor.raw.equals(last.raw) || isIssuedBy(last, anchor);
  return isLinked && authorities.some((pem) => isTrusted(new X509Certificate(pem)));
}

function isIssuedBy(cert: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && cert.checkIssued(issuer) && cert.verify(issuer.publicKey);
}
