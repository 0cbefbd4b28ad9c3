// Preloaded into the servers that are measured. It ends them with the benchmark, however that ends; when it is sent SIGUSR2, it writes
// what the process holds in memory after a full collection, and how often it has asked the database what; and on SIGURG, which ends
// nothing that doesn't know it, a snapshot of its heap.

import { renameSync, writeFileSync } from 'node:fs'
import { writeHeapSnapshot } from 'node:v8'
import pg from 'pg'
import { collect } from '../collect.js'

const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.exit(1)
}, 1_000).unref()

/** @type {Record<string, number>} */
const queries = {}
const { query } = pg.Client.prototype
pg.Client.prototype.query = function (/** @type {any[]} */ ...given) {
  const text = typeof given[0] === 'string' ? given[0] : (given[0]?.text ?? 'other')
  queries[text] = (queries[text] ?? 0) + 1
  return Reflect.apply(query, this, given)
}

process.on('SIGUSR2', () => {
  const file = process.env.BENCH_PROBE
  if (file === undefined) return
  collect()
  writeFileSync(`${file}.part`, JSON.stringify({ memory: process.memoryUsage(), queries }))
  renameSync(`${file}.part`, file)
})

process.on('SIGURG', () => {
  const file = process.env.BENCH_PROBE
  if (file === undefined) return
  writeHeapSnapshot(`${file}.heap.part`)
  renameSync(`${file}.heap.part`, `${file}.heapsnapshot`)
})
