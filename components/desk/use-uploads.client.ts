'use client'

import { useEffect, useRef, useState } from 'react'
import { v4 as uuidv4 } from 'uuid'
import type { AddedPicture } from '#lib/story/new-picture.ts'
import { addPicture, type Failure } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'

/** A picture on its way to the server, or one that didn't get there. */
export type Upload = {
  readonly id: string
  readonly file: File
  /** How much has been sent, from 0 to 1. */
  readonly share: number
  readonly failure: Failure | null
}

/** Sends pictures, several at once, and says how far each has come. `onAdded` is called for each that has arrived. */
export function useUploads(onAdded: (picture: AddedPicture) => void) {
  const { send } = useDesk()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const calledOff = useRef(new Map<string, AbortController>())

  useEffect(() => {
    const { current } = calledOff
    return () => {
      for (const controller of current.values()) controller.abort()
    }
  }, [])

  const change = (id: string, with_: Partial<Upload>) => setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...with_ } : each)))
  const forget = (id: string) => {
    calledOff.current.delete(id)
    setUploads((all) => all.filter((each) => each.id !== id))
  }

  const begin = async ({ id, file }: Pick<Upload, 'id' | 'file'>) => {
    const controller = new AbortController()
    calledOff.current.set(id, controller)
    const onProgress = (share: number) => change(id, { share })
    // Called off is an end like any other, but for what is said of it.
    const answered = await send(async () => (await addPicture({ file, onProgress, signal: controller.signal })) ?? { kind: 'unreachable' as const })
    if (controller.signal.aborted) return
    if (answered.kind !== 'done') return change(id, { failure: answered })
    forget(id)
    onAdded(answered.answer)
  }

  return {
    uploads,
    add(files: Iterable<File>) {
      const added = [...files].map((file): Upload => ({ id: uuidv4(), file, share: 0, failure: null }))
      setUploads((all) => [...all, ...added])
      for (const upload of added) void begin(upload)
    },
    retry(upload: Upload) {
      change(upload.id, { share: 0, failure: null })
      void begin(upload)
    },
    cancel({ id }: Upload) {
      calledOff.current.get(id)?.abort()
      forget(id)
    },
  }
}
