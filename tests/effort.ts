/** How hard random tests try: `npm test` takes the first number, `npm run test:long` the second. */
export function effort(usual: number, long: number): number {
  return process.env.TEST_EFFORT === 'long' ? long : usual
}
