/** How many digits a number that begins so has, in the groups people say them in. */
export function phoneGroups(typed: string): readonly number[] {
  if (typed === '' || typed.startsWith('1')) return [3, 4, 4];
  if (/^0(?:10|2)/.test(typed)) return [3, 4, 4];
  if (typed.startsWith('0')) return [4, 4, 4];
  return [4, 4];
}
