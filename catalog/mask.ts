/** First and last character of an ID number, for screens and slips that others may look on. */
export function maskedNumber(number: string): string {
  return `${number.slice(0, 1)}${'*'.repeat(Math.max(0, number.length - 2))}${number.slice(-1)}`;
}
