/** Which way a language is written: by the script that its tag names, or else by the one that it is usually written in. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const [language = '', ...subtags] = tag.toLowerCase().split('-')
  const script = subtags.find((subtag) => subtag.length === 4 && /^[a-z]+$/.test(subtag))
  if (script !== undefined) return scripts.has(script) ? 'rtl' : 'ltr'
  return languages.has(language) || subtags.some((region) => languages.has(`${language}-${region}`)) ? 'rtl' : 'ltr'
}

// Intl knows this too, but takes tens of milliseconds to say so the first time, before the page can answer.
const scripts = new Set(['arab', 'hebr', 'thaa', 'syrc', 'nkoo', 'adlm', 'rohg', 'mand', 'samr'])
const languages = new Set(
  'ar arc ckb dv fa glk he khw ks lrc mzn nqo pnb ps rhg sd sdh skr syr ug ur yi az-ir kk-cn ku-ir ky-cn pa-pk tk-ir uz-af'.split(' '),
)
