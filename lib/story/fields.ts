/** The fields of whatever this is; none of what has none. For what nobody has promised anything of, where no schema is loaded. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
