import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { authPaths } from '#lib/accounts/auth-calls.ts'
import { openApi } from '#lib/http/openapi.ts'

const document = openApi('https://live.example.org')

test('the OpenAPI document is valid', async () => {
  expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true })
})

test('it tells of every route that there is, and of what is offered of the accounts library', () => {
  const folder = fileURLToPath(new URL('../../app/api', import.meta.url))
  const routes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts') && !file.includes('[...'))
    .map(
      (file) =>
        `/api/${file
          .replace(/\/route\.ts$/, '')
          .replaceAll('[', '{')
          .replaceAll(']', '}')}`,
    )
    .filter((path) => path !== '/api/openapi.json')
  const told = Object.keys(document.paths ?? {})
  expect(routes.length).toBeGreaterThan(10)
  expect(told).toEqual(expect.arrayContaining(routes))
  expect(told).toEqual(expect.arrayContaining(authPaths.map((path) => `/api/auth${path}`)))
})
