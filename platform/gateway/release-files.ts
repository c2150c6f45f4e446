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
  return fileOf(context.releases, `${channel}/${folder}/${name}`);
}

function fileOf(releases: Disk, path: string): Answer {
  const read = releases.read(path);
  return read.ok ? served(read.value) : problem('not-found');
}
