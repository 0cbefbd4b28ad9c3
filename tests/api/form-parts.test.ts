import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { formParts } from '#lib/http/form-parts.ts'

const type = 'multipart/form-data; boundary=x'

function read(text: string, contentType = type): Record<string, string> | null {
  const parts = formParts(Buffer.from(text), contentType)
  return parts && Object.fromEntries([...parts].map(([name, { bytes }]) => [name, bytes.toString()]))
}

/** One field, as it stands in a form. */
function part(name: string, value: string, more = ''): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
}

describe('a form', () => {
  const name = fc.constantFrom('file', 'alt', 'credit')
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: fc.constantFrom('\r', '\n', '-', '--', '\r\n--', 'x'), maxLength: 12 }).map((text) => new TextEncoder().encode(text)),
  )

  test.prop([fc.uniqueArray(fc.tuple(name, bytes), { selector: ([field]) => field, maxLength: 3 })])(
    'that a browser writes is read back as it was, whatever is in it',
    async (fields) => {
      const form = new FormData()
      for (const [field, value] of fields) form.append(field, new File([new Uint8Array(value)], 'a"; name="b".jpg', { type: 'image/jpeg' }))
      const sent = new Response(form)
      const parts = formParts(Buffer.from(await sent.arrayBuffer()), sent.headers.get('content-type') ?? '')
      expect(parts && [...parts].map(([field, { bytes: value }]) => [field, [...value]])).toEqual(fields.map(([field, value]) => [field, [...value]]))
    },
  )

  test.each([
    ['; filename="a.jpg"', 'a.jpg'],
    ['; filename="Кіт на; name=%22x%22.jpg"\r\nContent-Type: image/jpeg', 'Кіт на; name="x".jpg'],
    ['; filename=""', ''],
    ['', null],
    ['\r\nX-More: a; filename="b.jpg"', null],
  ])('tells what a file was called: %j', (more, fileName) => {
    expect(formParts(Buffer.from(`${part('file', 'a', more)}--x--`), type)?.get('file')).toMatchObject({ fileName })
  })

  test.prop([fc.uint8Array({ maxLength: 200 }), fc.string()])('or not, it is never more than that', (body, contentType) => {
    expect(formParts(Buffer.from(body), contentType)).toBeNull()
    expect(formParts(Buffer.concat([Buffer.from('--x'), body]), type)?.size ?? 0).toBe(0)
  })

  test('has its fields by name, with other lines beside and a boundary in quotes', () => {
    const form = `${part('alt', 'Ж')}${part('file', 'a\r\nb', '; filename="a.jpg"\r\nContent-Type: image/jpeg')}--x--\r\n`
    expect(read(form)).toEqual({ alt: 'Ж', file: 'a\r\nb' })
    expect(read(form, 'Multipart/Form-Data; charset=utf-8; boundary="x"')).toEqual({ alt: 'Ж', file: 'a\r\nb' })
    expect(read(`${part('alt', '')}--x--`)).toEqual({ alt: '' })
    expect(read('--x--')).toEqual({})
  })

  test.each([
    ['nothing', ''],
    ['without an end', part('alt', 'a')],
    ['cut off within a field', '--x\r\nContent-Disposition: form-data; name="alt"\r\n\r\na'],
    ['cut off before a field', '--x\r\nContent-Disposition: form-data; name="alt"'],
    ['with a field without a name', '--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--'],
    ['with a field without lines', '--x\r\n\r\na\r\n--x--'],
    ['of another boundary', part('alt', 'a').replaceAll('--x', '--y')],
    ['with two fields of a name', `${part('file', 'a')}${part('file', 'b')}--x--`],
    ['with words before it', `a\r\n${part('alt', 'a')}--x--`],
    ['with seventeen fields', `${Array.from({ length: 17 }, (_, index) => part(`f${index}`, 'a')).join('')}--x--`],
    ['with a page of lines', `${part('alt', 'a', `\r\nX: ${'a'.repeat(5000)}`)}--x--`],
  ])('that is %s is none', (_, text) => {
    expect(read(text)).toBeNull()
  })

  test.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary="',
    'multipart/mixed; boundary=x',
    'text/plain',
    '',
  ])('is none as %j', (contentType) => {
    expect(read(`${part('alt', 'a')}--x--`, contentType)).toBeNull()
  })
})
