import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
// biome-ignore lint/performance/noNamespaceImport: the module itself is what the WebAssembly binary imports.
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'

const root = new URL('../../', import.meta.url)

let isLoaded = false

/**
 * Prisma's own migration engine, on a driver adapter, to hold our migration runner against. The package is made for a
 * bundler that can import a .wasm file; here the module is put together by hand, once: what is imported has one memory.
 */
export async function openSchemaEngine(adapter: SqlMigrationAwareDriverAdapterFactory) {
  if (!isLoaded) {
    const wasmFile = createRequire(import.meta.url)
      .resolve('@prisma/schema-engine-wasm')
      .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm')
    const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), { './schema_engine_bg.js': glue as never })
    glue.__wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
    isLoaded = true
  }
  return glue.SchemaEngine.new({ datamodels: [['schema.prisma', datamodel()]] }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
}

export const noFilter = { externalTables: [], externalEnums: [] }

export function datamodel(): string {
  return readFileSync(new URL('prisma/schema.prisma', root), 'utf8')
}
