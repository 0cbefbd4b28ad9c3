import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { fileName } from '#lib/story/file-name.ts'

describe('what a file was called', () => {
  test.each([
    ['quay.jpg', 'quay.jpg'],
    ['Кіт на набережній (2).JPG', 'Кіт на набережній (2).JPG'],
    ['../../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\quay.jpg', 'quay.jpg'],
    ['a\0b\u0007.jpg', 'ab.jpg'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['  a \t b\r\n.jpg ', 'a b .jpg'],
    ['/', ''],
    ['', ''],
    [`${'x'.repeat(10_000)}.jpg`, `${'x'.repeat(195)}….jpg`],
  ])('%j is kept as %j', (sent, kept) => {
    expect(fileName(sent)).toBe(kept)
  })

  test.prop([fc.string({ unit: 'binary', maxLength: 400 })])('is always one short line that can be stored', (sent) => {
    const kept = fileName(sent)
    expect(kept.length).toBeLessThanOrEqual(200)
    expect(kept.isWellFormed()).toBe(true)
    expect(kept).toMatch(/^[^\p{Cc}/\\]*$/u)
    expect(fileName(kept)).toBe(kept)
  })
})
