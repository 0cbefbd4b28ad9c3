/** Calls back after so many ms, or earlier if there may be a network again; answers how to call it off. */
export function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  window.addEventListener('online', run)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('online', run)
  }
}
