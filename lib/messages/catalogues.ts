import ar from './ar.json' with { type: 'json' }
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import uk from './uk.json' with { type: 'json' }

/** Every word on screen. English is the measure: it alone has what only the newsroom sees. */
export type Messages = typeof en
type ReaderMessages = { [Name in Exclude<keyof Messages, 'desk' | 'people' | 'audit'>]: Shape<Messages[Name]> }

type Shape<Value> = Value extends string ? string : { [Key in keyof Value]: Shape<Value[Key]> }

/** By the language's tag without its region. A reader's page is in the language of its story where there's a catalogue of it. */
export const catalogues: Readonly<Record<string, ReaderMessages>> & { readonly en: Messages } = { en, de, uk, ar }
