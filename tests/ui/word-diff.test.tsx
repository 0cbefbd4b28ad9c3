import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { WordDiff } from '#components/ui/word-diff.tsx'

const textOf = (words: number, step: number) => Array.from({ length: words }, (_, number) => `word${(number * step) % 9973}`).join(' ')

test('a few words that differ in a long text are marked one by one', () => {
  const before = textOf(3_000, 7)
  const after = before.replace('word14 ', 'another ').replace('word700 ', '')
  const html = renderToStaticMarkup(<WordDiff before={before} after={after} show="both" />)
  expect(html.match(/<(ins|del)>[^<]*<\/\1>/g)).toEqual(['<del>word14</del>', '<ins>another</ins>', '<del>word700 </del>'])
})

test('long texts that have little in common are shown as one in the place of the other, for comparing them would take seconds', () => {
  const [before, after] = [textOf(3_000, 7), textOf(3_000, 13)]
  const html = renderToStaticMarkup(<WordDiff before={before} after={after} show="both" />)
  expect(html).toContain(`<del>${before}</del><ins>${after}</ins>`)
})
