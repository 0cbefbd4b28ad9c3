import { readFileSync } from 'node:fs'

/** What a heap consists of, in bytes: what V8 has made of the program's text to run it faster, and all else. */
export type HeapKinds = { readonly compiled: number; readonly data: number }

type Snapshot = {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] } }
  /** A row of `node_fields` after the other. */
  readonly nodes: readonly number[]
  readonly strings: readonly string[]
}

/** Code, the shapes of objects that it was made for, and the lists by which it is thrown away when they change. */
const ofCode = new Set(['code', 'object shape'])
const listName = 'system / WeakArrayList'

/** Reads a snapshot that Node has written; needs ten times its size in memory. */
export function heapKinds(file: string): HeapKinds {
  const { snapshot, nodes, strings }: Snapshot = JSON.parse(readFileSync(file, 'utf8'))
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field)) as [number, number, number]
  const list = strings.indexOf(listName)
  const sum = { compiled: 0, data: 0 }
  for (let row = 0; row < nodes.length; row += fields.length) {
    const isOfCode = ofCode.has(types[0][nodes[row + type] ?? 0] ?? '') || nodes[row + name] === list
    sum[isOfCode ? 'compiled' : 'data'] += nodes[row + size] ?? 0
  }
  return sum
}
