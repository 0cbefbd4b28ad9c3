import type messages from './en.json'

// Makes a message that isn't in the catalogue a type error.
declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof messages
    Locale: 'en-GB'
  }
}
