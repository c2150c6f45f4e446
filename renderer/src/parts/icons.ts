/** Line drawings on a 32 × 32 grid, stroked in the colour of the words beside them. */
export const ICONS = {
  help: 'M16 3a13 13 0 1 1 0 26a13 13 0 1 1 0-26zM12 12.5a4 4 0 1 1 5.6 3.7c-1.1 .5-1.6 1.2-1.6 2.6M16 23v.2',
  language:
    'M3 8h14M10 4.5V8M14.5 8c-1 5-5 9.5-11 12M6 11c1.5 4 5 7.5 9.5 9M15.5 28l6.5-15 6.5 15M17.7 23h8.6',
  letters: 'M3 26L10.5 6 18 26M5.6 19h9.8M20 26l5-13.5L30 26M21.8 21.5h6.4',
  leave: 'M18 4H6v24h12M13 16h15M22.5 10.5L28 16l-5.5 5.5',
  contrast: 'M16 4a12 12 0 1 1 0 24a12 12 0 1 1 0-24zM16 4v24M19 8.5v15M22.5 11v10',
  lower: 'M6 4h20M16 9v17M8.5 18.5L16 26l7.5-7.5',
  touch:
    'M12 18V6.5a2.5 2.5 0 0 1 5 0V15l7.5 1.8c1.7 .4 2.5 1.7 2.3 3.4L26 28H14l-6-8c-1.500-2 1-4 2.600-2.600L12 18.500M6.500 9a6 6 0 0 1 2-5M22.500 9a6 6 0 0 0-2-5',
  sound: 'M5 12v8h5l7 6V6l-7 6zM21 12a6 6 0 0 1 0 8M24.5 8.5a11 11 0 0 1 0 15',
  again: 'M8 8a11.5 11.5 0 1 1-3 11M8 2.5V9h6.5',
  slower: 'M15 7l-9 9 9 9M26 7l-9 9 9 9',
  faster: 'M6 7l9 9-9 9M17 7l9 9-9 9',
  stop: 'M8 8h16v16H8z',
  speak: 'M16 4a5 5 0 0 1 5 5v7a5 5 0 0 1-10 0V9a5 5 0 0 1 5-5zM6 15.5a10 10 0 0 0 20 0M16 25.5V29M11 29h10',
  camera: 'M4 10h6l2-3h8l2 3h6v16H4zM16 12.5a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  book: 'M5 6h8a3 3 0 0 1 3 3v17a3 3 0 0 0-3-2H5zM27 6h-8a3 3 0 0 0-3 3v17a3 3 0 0 1 3-2h8z',
  shield: 'M16 4l10 4v7c0 7-4.5 11-10 13C10.5 26 6 22 6 15V8zM16 11v6M16 21v.2',
  heart: 'M16 27S4 19.5 4 11.5A6.5 6.5 0 0 1 16 8a6.5 6.5 0 0 1 12 3.5C28 19.5 16 27 16 27z',
  cash: 'M3 8h26v16H3zM16 12a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM7.5 12.5v.2M24.5 19.3v.2',
  bolt: 'M18 4L7 18h8l-1 10 11-14h-8z',
  print: 'M9 12V4h14v8M9 22H5V12h22v10h-4M9 18h14v10H9z',
  clock: 'M16 4a12 12 0 1 1 0 24a12 12 0 1 1 0-24zM16 9v7l5 3',
  find: 'M14 4a10 10 0 1 1 0 20a10 10 0 1 1 0-20zM21.5 21.5L28 28',
  check: 'M7 17l6 6L26 9',
  person: 'M16 5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM6 27.5c.6-6 4.5-9 10-9s9.4 3 10 9',
  people:
    'M12 6a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM4 26c.4-5 3.4-8 8-8s7.6 3 8 8M21 7a4 4 0 0 1 0 8M23 18.5c3 .8 4.8 3.3 5 7',
  bowl: 'M4 15h24c0 6-3.5 10-8 11v2h-8v-2c-4.5-1-8-5-8-11zM12 10c0-2 2-2 2-4M18 10c0-2 2-2 2-4',
  list: 'M11 8h16M11 16h16M11 24h16M5 8h.2M5 16h.2M5 24h.2',
  go: 'M12 6l10 10-10 10',
  back: 'M20 6L10 16l10 10',
  up: 'M6 20l10-10 10 10',
  down: 'M6 12l10 10 10-10',
  plus: 'M16 6v20M6 16h20',
  minus: 'M6 16h20',
  erase: 'M11 7h16v18H11l-8-9zM15 12.5l7 7M22 12.5l-7 7',
  lock: 'M8 14h16v13H8zM11 14v-3a5 5 0 0 1 10 0v3M16 19v3.5',
  card: 'M3 7h26v18H3zM7 13h8M7 17h6M20 12.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5zM16.5 22c.3-2 1.6-3 3.5-3s3.2 1 3.5 3',
  phone: 'M9 4h4l2 7-3 2a14 14 0 0 0 7 7l2-3 7 2v4c0 3-2 5-5 5C13 27 5 19 4 9c0-3 2-5 5-5z',
  warn: 'M16 5l13 22H3zM16 13v6M16 23v.2',
  place:
    'M16 28s-9-9-9-15.5a9 9 0 0 1 18 0C25 19 16 28 16 28zM16 9.5a3.3 3.3 0 1 1 0 6.6a3.3 3.3 0 1 1 0-6.6z',
  slip: 'M8 4h16v24l-4-2.5-4 2.5-4-2.5L8 28zM12 11h8M12 16h8',
  offline:
    'M4 12.5a17 17 0 0 1 24 0M8.5 17.5a10.6 10.6 0 0 1 15 0M12.7 22a4.7 4.7 0 0 1 6.6 0M16 26.5v.2M5 27L27 5',
  calendar: 'M5 8h22v19H5zM5 14h22M11 4v7M21 4v7',
  tool: 'M20 5a7 7 0 0 0-6 10L5 24a2.8 2.8 0 0 0 4 4l9-9a7 7 0 0 0 9-8l-4.5 3.5-4-1-1-4L21 5.5z',
  wipe: 'M6 26h20M8 22l4-12h8l4 12zM16 10V4M12 22l1.5-5M20 22l-1.5-5',
  send: 'M28 4L14 18M28 4l-9 24-5-10-10-5z',
} as const;

/** The name of a line drawing. */
export type IconName = keyof typeof ICONS;

/** The drawing of a matter's icon; a name we have no drawing for gets the list. */
export function iconOf(name: string): IconName {
  return name in ICONS ? (name as IconName) : 'list';
}
