import { type Clock, sleep } from '../../base/clock.ts';
import { ok, type Result } from '../../base/result.ts';
import type { DocumentDelays } from './document-delays.ts';
import type { IppClient, IppTrouble } from './ipp-client.ts';
import { GROUP_TAGS, type IppMessage } from './ipp-message.ts';
import { cancelJob, JOB_NAME_PREFIX, JOBS_QUESTION, REQUESTING_USER } from './ipp-requests.ts';

/** A job that was taken back may end its sheet first: so often it is looked at again. */
const LOOKS = 3;

/** Takes back every job of ours that has not ended; whether none is left. Other people's jobs are left alone. */
export async function takeBackLeftovers(
  client: IppClient,
  clock: Clock,
  delays: DocumentDelays,
): Promise<Result<boolean, IppTrouble>> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await sleep(clock, delays.watchMs);
    const jobs = await client.ask(JOBS_QUESTION, delays.answerMs);
    if (!jobs.ok) return jobs;
    const ours = ownJobIds(jobs.value);
    if (ours.length === 0) return ok(true);
    // One that has just ended, or is ending already, cannot be taken back: the next look tells.
    for (const id of ours) await client.ask(cancelJob(id), delays.answerMs);
  }
  return ok(false);
}

function ownJobIds(message: IppMessage): number[] {
  return message.groups.flatMap(({ tag, attributes }) => {
    const [id] = attributes.get('job-id') ?? [];
    const [name] = attributes.get('job-name') ?? [];
    const [user] = attributes.get('job-originating-user-name') ?? [];
    const isOurs = user === REQUESTING_USER || (typeof name === 'string' && name.startsWith(JOB_NAME_PREFIX));
    return tag === GROUP_TAGS.job && isOurs && typeof id === 'number' ? [id] : [];
  });
}
