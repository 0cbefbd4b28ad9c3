import type { Messages as Catalogue } from './catalogues.ts'

// Makes a message that isn't in the catalogue a type error.
declare module 'use-intl' {
  interface AppConfig {
    Messages: Catalogue
  }
}
