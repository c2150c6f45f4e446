/** The programs that make clips, run one at a time by each worker: bytes in, bytes out. */
import { spawn } from 'node:child_process';

/** Runs a program with `input`, and returns what it wrote; throws with its own words when it fails. */
export function runProgram(
  command: string,
  args: readonly string[],
  input: Uint8Array | string,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.once('error', reject);
    // A program that needs no input may be gone before it is given any: its exit code says how it went.
    child.stdin.on('error', () => {});
    child.once('close', (code) => {
      if (code === 0) resolve(new Uint8Array(Buffer.concat(output)));
      else reject(new Error(`${command} ended with ${code}: ${Buffer.concat(complaints).toString('utf8')}`));
    });
    child.stdin.end(input);
  });
}
