/** One launcher a folder: two would each start a version, and each undo what the other wrote. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Takes the folder for as long as this process lives. False when another has it. The name is an abstract socket's, which
 * no crash leaves behind; where the system knows none, nothing is taken.
 */
export async function takeFolder(software: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const name = createHash('sha256').update(software).digest('hex').slice(0, 32);
  const holder = createServer();
  return await new Promise((resolve) => {
    holder.once('error', () => resolve(false));
    holder.listen(`\0yizhan-launcher-${name}`, () => {
      holder.unref();
      resolve(true);
    });
  });
}
