/** A place on an area to write or sign on, in shares of its width and height, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a finger drew from where it came down to where it was lifted. */
export type Stroke = readonly Point[];
