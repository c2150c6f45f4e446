import type { Disk } from '../../base/disk.ts';
import { releaseFileParamsSchema } from '../../sync/contract.ts';
import { type Answer, problem, served } from './answer.ts';
import type { GatewayContext, OpenCall } from './call.ts';

/**
 * `GET /v1/releases/{channel}/{folder}/{name}`: a file of a repository of signed releases, for anyone. What is in it is
 * public, and whoever takes it believes signatures and not this gateway.
 */
export async function releaseFileEndpoint(context: GatewayContext, call: OpenCall): Promise<Answer> {
  const waitS = context.limits.releases.spend(call.remote);
  if (waitS > 0) return problem('slow-down', waitS);
  const params = releaseFileParamsSchema.safeParse(call.params);
  if (!params.success || context.releases === null) return problem('not-found');
  const { channel, folder, name } = params.data;
  const path = `${channel}/${folder}/${name}`;
  const { range } = call.headers;
  if (typeof range === 'string') return partOf(context.releases, path, range);
  // Packs are large: whoever wants one takes it by parts.
  if (folder === 'software' && (context.releases.findSize(path) ?? 0) > MOST_AT_ONCE)
    return problem('too-large');
  return fileOf(context.releases, path);
}

/** The most that is answered at once. */
const MOST_AT_ONCE = 4 * 1024 * 1024;
const RANGE = /^bytes=(\d{1,15})-(\d{1,15})$/;

function fileOf(releases: Disk, path: string): Answer {
  const read = releases.read(path);
  return read.ok ? served(read.value) : problem('not-found');
}

/** One run of bytes (RFC 9110, 14): shorter where the file ends, or where more is asked for than is answered at once. */
function partOf(releases: Disk, path: string, range: string): Answer {
  const size = releases.findSize(path);
  if (size === undefined) return problem('not-found');
  const [, first, last] = RANGE.exec(range) ?? [];
  const from = Number(first);
  const bytes = Math.min(Number(last) - from + 1, MOST_AT_ONCE);
  if (first === undefined || bytes <= 0 || from >= size)
    return { status: 416, content: new Uint8Array(), headers: { 'content-range': `bytes */${size}` } };
  const read = releases.readPart(path, from, bytes);
  if (!read.ok) return problem('not-found');
  const to = from + read.value.length - 1;
  return { status: 206, content: read.value, headers: { 'content-range': `bytes ${from}-${to}/${size}` } };
}
