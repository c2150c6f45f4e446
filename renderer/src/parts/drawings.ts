import type { PictureName } from '../../../catalog/picture.ts';

/** How a part of a picture is filled and lined; the colours are in Picture.module.css. */
export type PartLook = 'ground' | 'sheet' | 'leaf' | 'robe' | 'deep' | 'gold' | 'line' | 'on-deep' | 'mark';

/** A part of a picture: its look and its path, on a grid of 96 × 96. */
export type Part = readonly [look: PartLook, path: string];

/** A number of a path, as short as it can be seen. */
const at = (value: number): string => String(Math.round(value * 10) / 10);

const circle = (x: number, y: number, r: number): string =>
  `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** What every picture stands on, so that it is one shape from afar. */
const GROUND: Part = ['ground', circle(48, 48, 46)];

/** A coin with the sign of the yuan: here one pays, or is paid. */
const coin = (x: number, y: number, r = 17): readonly Part[] => [
  ['gold', circle(x, y, r)],
  [
    'mark',
    `M${at(x - 0.42 * r)} ${at(y - 0.52 * r)}L${at(x)} ${at(y)}L${at(x + 0.42 * r)} ${at(y - 0.52 * r)}M${at(x)} ${at(y)}V${at(y + 0.58 * r)}M${at(x - 0.42 * r)} ${at(y + 0.02 * r)}h${at(0.84 * r)}M${at(x - 0.42 * r)} ${at(y + 0.32 * r)}h${at(0.84 * r)}`,
  ],
];

/** A grain of rice that grows from a point of its stalk; degrees from straight up, clockwise. */
function grain(x: number, y: number, degrees: number): Part {
  const turn = (degrees * Math.PI) / 180;
  const place = (along: number, aside: number) =>
    `${at(x + along * Math.sin(turn) + aside * Math.cos(turn))} ${at(y - along * Math.cos(turn) + aside * Math.sin(turn))}`;
  return ['gold', `M${place(0, 0)}Q${place(7, -8)} ${place(17, 0)}Q${place(7, 8)} ${place(0, 0)}z`];
}

/** A young plant that stands at a point. */
const sprout = (x: number, y: number): Part => [
  'sheet',
  `M${x} ${y}c-1-5-3-8-8-9 0 5 3 8 8 9zM${x} ${y}c1-5 3-8 8-9 0 5-3 8-8 9z`,
];

/** A star of five points. */
function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, point) => {
    const far = point % 2 === 0 ? r : 0.42 * r;
    return `${at(x + far * Math.sin((point * Math.PI) / 5))} ${at(y - far * Math.cos((point * Math.PI) / 5))}`;
  });
  return `M${points.join('L')}z`;
}

/** Writes paths in radii of a face from its middle. */
function faceOf(x: number, y: number, r: number): (path: string) => string {
  const middle = { M: [x, y], L: [x, y], C: [x, y], Q: [x, y] } as const;
  return (path) =>
    path.replace(/([MLCQ])([^MLCQz]+)/g, (_, command: keyof typeof middle, numbers: string) => {
      const [startX, startY] = middle[command];
      const placed = numbers
        .trim()
        .split(/\s+/)
        .map((value, index) => at((index % 2 === 0 ? startX : startY) + Number(value) * r));
      return `${command}${placed.join(' ')}`;
    });
}

const EYES = 'M-0.36 0.02L-0.36 0.06M0.36 0.02L0.36 0.06';
const BROWS = 'M-0.6 -0.2Q-0.38 -0.36 -0.2 -0.24M0.6 -0.2Q0.38 -0.36 0.2 -0.24';

/** A grandfather: bald but for the temples, with a long beard. */
function grandfather(x: number, y: number, r: number): readonly Part[] {
  const face = faceOf(x, y, r);
  return [
    ['robe', face('M-0.9 -0.4C-1.35 -0.3 -1.4 0.3 -0.92 0.5zM0.9 -0.4C1.35 -0.3 1.4 0.3 0.92 0.5z')],
    ['sheet', circle(x, y, r)],
    ['robe', face('M-0.52 0.62C-0.5 1.3 -0.2 1.75 0 1.9C0.2 1.75 0.5 1.3 0.52 0.62Q0 0.9 -0.52 0.62z')],
    ['line', face(`${EYES}${BROWS}M-0.3 0.42Q0 0.56 0.3 0.42`)],
  ];
}

/** A grandmother: her hair parted and in a knot. */
function grandmother(x: number, y: number, r: number): readonly Part[] {
  const face = faceOf(x, y, r);
  return [
    ['robe', circle(x + 0.5 * r, y - 0.95 * r, 0.42 * r)],
    ['sheet', circle(x, y, r)],
    [
      'robe',
      face(
        'M-0.97 0.24C-1.2 -0.6 -0.6 -1.04 0 -1.02C0.6 -1.04 1.2 -0.6 0.97 0.24C0.8 -0.3 0.4 -0.5 0 -0.62C-0.4 -0.5 -0.8 -0.3 -0.97 0.24z',
      ),
    ],
    ['line', face(`${EYES}M-0.3 0.46Q0 0.72 0.3 0.46`)],
  ];
}

/** What each picture is drawn of, the farthest part first. */
export const DRAWINGS: Readonly<Record<PictureName, readonly Part[]>> = {
  'elder-coins': [
    GROUND,
    ['sheet', 'M58 10h28a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H58a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4z'],
    ['deep', 'M58 10h28a4 4 0 0 1 4 4v6H54v-6a4 4 0 0 1 4-4z'],
    ['line', 'M64 6v8M80 6v8M63 33l6 6 12-12'],
    ['leaf', 'M5 92c0-20 11-30 29-30s29 10 29 30z'],
    ...grandfather(34, 38, 19),
    ...coin(74, 73),
  ],
  'elder-cane': [
    GROUND,
    ['robe', 'M17 92c-2-22 1-46 19-46 16 0 22 14 22 46z'],
    ...grandmother(38, 31, 16),
    ['line', 'M38 62c5 8 13 10 24 7'],
    ['line', 'M66 92V58c0-9 13-9 13 0v3'],
    ...coin(77, 24, 15),
  ],
  'jar-coins': [
    GROUND,
    ...coin(48, 26, 18),
    ['line', 'M80 12v20m-8-8l8 8 8-8'],
    ['leaf', 'M29 42h38v6c11 5 16 13 16 23 0 13-8 19-18 19H31c-10 0-18-6-18-19 0-10 5-18 16-23z'],
    ['sheet', 'M29 38h38a4 4 0 0 1 0 9H29a4 4 0 0 1 0-9z'],
    ...grandfather(48, 65, 12),
  ],
  'medicine-coins': [
    GROUND,
    ['line', 'M30 28v-6a6 6 0 0 1 6-6h14a6 6 0 0 1 6 6v6'],
    ['sheet', 'M14 28h58a6 6 0 0 1 6 6v40a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V34a6 6 0 0 1 6-6z'],
    ['deep', 'M36 38h12v9h9v12h-9v9H36v-9h-9V47h9z'],
    ...coin(74, 74),
  ],
  'bulb-coins': [
    GROUND,
    ['line', 'M42 3v6M16 13l4 4M68 13l-4 4M6 38h6M72 38h6'],
    ['gold', 'M42 16a22 22 0 0 1 12 40c-3 2.4-4 5-4 8H34c0-3-1-5.6-4-8a22 22 0 0 1 12-40z'],
    ['line', 'M35 42l7 7 7-7M42 49v14'],
    ['sheet', 'M33 64h18v12a7 7 0 0 1-7 7h-4a7 7 0 0 1-7-7z'],
    ['line', 'M33 73h18'],
    ...coin(74, 72),
  ],
  'tap-coins': [
    GROUND,
    ['sheet', 'M31 17h10v13H31zM21 8h30v9H21z'],
    ['sheet', 'M8 30h38c15 0 24 9 24 24v4H54v-4c0-5-3-8-8-8H8z'],
    ['sheet', 'M6 24h8v28H6z'],
    ['leaf', 'M62 62c7 8 10 12 10 17a10 10 0 0 1-20 0c0-5 3-9 10-17z'],
    ...coin(27, 72),
  ],
  'grain-coins': [
    GROUND,
    ['leaf', 'M31 88C16 78 8 64 8 44c14 8 24 24 23 44z'],
    ['line', 'M32 92C32 64 40 38 66 14'],
    grain(33, 70, -38),
    grain(36, 58, -30),
    grain(41, 46, -22),
    grain(49, 33, -12),
    grain(34, 66, 62),
    grain(38, 54, 68),
    grain(44, 42, 76),
    grain(52, 30, 84),
    grain(62, 18, 40),
    ...coin(74, 74),
  ],
  'field-coins': [
    GROUND,
    ['robe', 'M3 62v10l45 21 45-21V62z'],
    ['leaf', 'M48 39l45 23-45 22L3 62z'],
    ['line', 'M33 47l45 22M18 55l45 22'],
    ...[
      [54, 52],
      [71, 60],
      [38, 59],
      [56, 68],
      [23, 66],
      [41, 75],
    ].map(([x = 0, y = 0]) => sprout(x, y)),
    ...coin(74, 24),
  ],
  'heart-calendar': [
    GROUND,
    ['leaf', 'M42 86C20 70 5 56 5 37A18.5 18.5 0 0 1 42 29A18.5 18.5 0 0 1 79 37C79 56 64 70 42 86z'],
    ['line', 'M11 50h16l6-13 9 25 7-12h24'],
    ['sheet', 'M62 56h28a4 4 0 0 1 4 4v26a4 4 0 0 1-4 4H62a4 4 0 0 1-4-4V60a4 4 0 0 1 4-4z'],
    ['deep', 'M62 56h28a4 4 0 0 1 4 4v6H58v-6a4 4 0 0 1 4-4z'],
    ['line', 'M68 52v8M84 52v8M67 78l6 6 11-11'],
  ],
  'paper-steps': [
    GROUND,
    ['sheet', 'M16 8h58a6 6 0 0 1 6 6v68a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6z'],
    ['line', 'M28 26v44M46 25h22M46 48h22M46 71h14'],
    ['deep', circle(28, 25, 9)],
    ['on-deep', 'M23.5 25l3.5 3.5 6-6.5'],
    ['deep', circle(28, 48, 9)],
    ['on-deep', 'M23.5 48l3.5 3.5 6-6.5'],
    ['robe', circle(28, 71, 9)],
    ['gold', circle(76, 76, 17)],
    ['line', 'M76 66v10l7 5'],
  ],
  'lamp-camera': [
    GROUND,
    ['robe', 'M26 76a22 8 0 1 1 0 16a22 8 0 1 1 0-16z'],
    ['line', 'M24 84V34C24 20 34 12 50 14'],
    ['sheet', 'M48 9l24 7-4 12-26-7z'],
    ['line', 'M52 36l-5 9 9 2-5 9'],
    ['sheet', 'M50 58h8l4-6h14l4 6h8a5 5 0 0 1 5 5v22a5 5 0 0 1-5 5H50a5 5 0 0 1-5-5V63a5 5 0 0 1 5-5z'],
    ['deep', circle(69, 73, 10)],
    ['on-deep', circle(69, 73, 4)],
  ],
  'paper-shield': [
    GROUND,
    ['sheet', 'M17 6h36l18 18v62H17z'],
    ['robe', 'M53 6v18h18z'],
    ['line', 'M28 30h16M28 43h30M28 56h14'],
    ['deep', 'M66 44l21 7v14c0 13-8 21-21 26-13-5-21-13-21-26V51z'],
    ['on-deep', 'M56 66l8 8 13-14'],
  ],
  'house-booklet': [
    GROUND,
    ['sheet', 'M16 40v46h48V40L40 20z'],
    ['robe', 'M40 12L6 42l7 7 27-23 27 23 7-7z'],
    ['leaf', 'M24 60h14v26H24z'],
    ['deep', 'M48 44h36a4 4 0 0 1 4 4v42H52a4 4 0 0 1-4-4z'],
    ['on-deep', `M55 45v44${star(71, 61, 8)}M64 77h14`],
  ],
  'village-paper': [
    GROUND,
    ['leaf', 'M5 62C10 36 24 18 38 28c8-8 14-10 22-8v42z'],
    ['sheet', 'M9 54v28h32V54L25 41z'],
    ['robe', 'M25 33L2 52l5 6 18-15 18 15 5-6z'],
    ['line', 'M20 82V67h10v15'],
    ['sheet', 'M48 20h44v70H48z'],
    ['line', 'M57 32h26M57 43h16'],
    ['deep', circle(70, 69, 14)],
    ['on-deep', star(70, 69, 7)],
  ],
};

/** What one does at this machine, in order. */
export const STEP_DRAWINGS: readonly (readonly Part[])[] = [
  [
    GROUND,
    ['robe', 'M48 70a32 10 0 1 1 0 20a32 10 0 1 1 0-20z'],
    ['sheet', 'M16 20l58-8a5 5 0 0 1 6 4l5 32a5 5 0 0 1-4 6l-58 8a5 5 0 0 1-6-4L12 26a5 5 0 0 1 4-6z'],
    ['line', 'M24 33l24-3M26 43l18-3'],
    ['robe', 'M58 23l16-2 3 22-16 2z'],
    ['line', 'M48 64v14m-7-7l7 7 7-7'],
  ],
  [
    GROUND,
    ['sheet', 'M22 8h52a6 6 0 0 1 6 6v68a6 6 0 0 1-6 6H22a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6z'],
    ['robe', 'M26 18h44v14H26zM26 62h44v14H26z'],
    ['deep', 'M26 40h44v14H26z'],
    ['sheet', 'M50 70V51a5 5 0 0 1 10 0v14l20 5c5 1 7 5 6 9l-3 15H58L44 79c-3-5 3-9 7-6z'],
  ],
  [
    GROUND,
    ['deep', 'M14 12h68a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H14a5 5 0 0 1-5-5V17a5 5 0 0 1 5-5z'],
    ['sheet', 'M26 24h44v64l-7-5-8 5-7-5-7 5-8-5-7 5z'],
    ['line', 'M35 40h26M35 51h16'],
    ['line', 'M48 60v14m-7-7l7 7 7-7'],
  ],
];
