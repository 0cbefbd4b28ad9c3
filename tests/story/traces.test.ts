import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isTraced, squeeze, textsOf, tracesOf } from '#lib/story/traces.ts'

const words = fc.array(fc.stringMatching(/^[a-zäїش]{4,9}$/), { minLength: 5, maxLength: 9 })

const paragraph = (...texts: string[]) => ({
  type: 'paragraph',
  content: texts.map((text, index) => ({ type: 'text', text, ...(index % 2 === 1 ? { marks: [{ type: 'bold' }] } : {}) })),
})

describe('what was erased', () => {
  test.prop([words, fc.nat(), words])(
    'is found in a page, in JSON and in lines of it, however it is cut up, and nowhere else',
    (said, cut, other) => {
      fc.pre(!squeeze(other.join('')).includes(squeeze(said.join(''))))
      const [first, second] = [said.slice(0, cut % said.length).join(' '), said.slice(cut % said.length).join(' ')]
      const body = { type: 'doc', content: [paragraph(...[`${first} `, second].filter((text) => text.trim() !== ''))] }
      const traces = tracesOf(textsOf({ update: { id: 'x', title: null, body } }))
      const whole = said.join(' ')
      const answers = (text: string, marked: string) => [
        `<!doctype html><p class="x">${marked}</p>`,
        `<meta content="${text.replaceAll('ä', '&#xe4;')}">`,
        `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ text }).replaceAll('ї', '\\u0457')}</script>`,
        JSON.stringify({ deep: [{ text }] }),
        `{"seq":1}\n${JSON.stringify({ statement: text })}\n`,
        text.toUpperCase(),
      ]
      for (const answer of answers(whole, `${first} <strong>${second}</strong>`)) expect(isTraced(traces, answer)).toBe(true)
      expect(isTraced(traces, JSON.stringify({ body }))).toBe(true)
      for (const answer of answers(other.join(' '), other.join(' '))) expect(isTraced(traces, answer)).toBe(false)
    },
  )

  test('is sought by what is said, and not by who says it, when or where', () => {
    const update = { id: '01900000-0000-7000-8000-000000000000', author: 'The newsroom of the city', publishedAt: '2026-11-26T10:00:00.000Z' }
    expect(tracesOf(textsOf({ update: { ...update, title: null } }))).toEqual([])
    const told = tracesOf(textsOf({ update: { ...update, title: 'The bridge is closed. It stays so until Monday.' } }))
    expect(told).toEqual(expect.arrayContaining(['thebridgeisclosed', 'itstayssountilmonday']))
    expect(isTraced(told, 'It’s said that it stays so until Monday, and no longer.')).toBe(true)
    expect(tracesOf(['橋は閉鎖されています'])).toEqual(['橋は閉鎖されています'])
  })

  test.each(['Max Mustermann', 'John Smith is dead.', 'Dr. Müller lied. He is 42. He fled.', 'مات أحمد اليوم.', '李明死了。'])(
    'is sought though it is short: %s',
    (said) => {
      const traces = tracesOf([said])
      expect(isTraced(traces, `<p>Before it.</p><p>${said}</p>`)).toBe(true)
      expect(isTraced(traces, '<p>The bridge is closed.</p>')).toBe(false)
    },
  )

  test('is found where a page shows a part of a long sentence', () => {
    const sentence = `The driver of the red lorry, ${'who had come from the mountains in the night, '.repeat(6)}was Karim Zebrowski.`
    const traces = tracesOf([sentence])
    for (let start = 0; start + 90 < sentence.length; start += 17) expect(isTraced(traces, `… ${sentence.slice(start, start + 90)} …`)).toBe(true)
    expect(isTraced(traces, 'The driver of the red lorry is not known.')).toBe(false)
  })
})
