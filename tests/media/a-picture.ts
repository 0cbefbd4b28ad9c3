import sharp, { type Sharp } from 'sharp'

/** A picture of one colour, to be written in whichever format. */
export function solid(width: number, height: number, colour = '#3a6ea5'): Sharp {
  return sharp({ create: { width, height, channels: 4, background: colour } })
}

/** A picture of which each rendition has many bytes: grain, from the smallest size to the largest. */
export function grain(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
}
