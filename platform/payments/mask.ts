/** What of a bill's owner goes beyond the platform: enough to tell whose bill it is, not enough to learn it. */

/** `陈*初`, `陈*`; of a longer name first and last character; of an office, its first two. */
export function maskOwner(owner: string): string {
  const characters = [...owner.trim()];
  const [first = ''] = characters;
  if (characters.length <= 2) return `${first}*`;
  const last = characters.at(-1) ?? '';
  return `${first}*${last}`;
}

/** Down to the village: house, group and whatever comes after are hidden. */
export function maskAddress(address: string): string {
  const upTo = /^.*?[村街路社区](?=[^村街路社区]*$)/u.exec(address)?.[0];
  return `${upTo ?? [...address].slice(0, 6).join('')}****`;
}
