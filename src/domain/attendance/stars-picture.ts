/** What a picture of the stars given to an event shows: plain data, without a name. */
export interface StarsPicture {
  /** How many gave so many stars, from one to five. */
  counts: readonly number[];
  title: string;
  subtitle: string;
}

/** Draws it as PNG, 1000 by 560 pixels, without holding up anything else. The same picture is drawn once. */
export type DrawStars = (picture: StarsPicture) => Promise<Uint8Array>;
