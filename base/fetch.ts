/** One HTTP exchange as the programs see it (a seam: a simulation hands in its own network). */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH';
  /** Absolute, `https:` outside a developer's machine. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Gives up, and fails, after this long in all. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** The largest answer read; a longer one is `too-large`. */
  readonly maxBytes: number;
}

/** What came back, whatever its status. Header names are lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Why nothing came back. */
export type HttpTrouble = {
  readonly code: 'unreachable' | 'timeout' | 'cancelled' | 'too-large';
  readonly detail: string;
};

/** Sends a request outward; never throws for what a network can do. */
export type Fetch = (
  request: HttpRequest,
) => Promise<import('./result.ts').Result<HttpResponse, HttpTrouble>>;
