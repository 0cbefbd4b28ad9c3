/** How hard random tests try, or which cases they take: `npm test` the first, `npm run test:long` the second. */
export function effort<Value>(usual: Value, long: Value): Value {
  return process.env.TEST_EFFORT === 'long' ? long : usual
}
