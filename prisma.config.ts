import { defineConfig } from 'prisma/config'

// `prisma generate` and `prisma validate` never run the schema engine, but the command looks for its binary all the same
// and tries to download it. Naming any executable file keeps them working on machines that can't reach its host.
// `prisma migrate` does need the real one: set PRISMA_SCHEMA_ENGINE_BINARY to it, or leave the download reachable and unset this.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
