/**
 * Returns a name in the form in which names are compared: two with the same key look alike in a byline. Ignores case, compatibility forms,
 * repeated spaces, and characters that can't be seen.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .normalize('NFKC')
}
