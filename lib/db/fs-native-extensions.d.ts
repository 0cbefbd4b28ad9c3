declare module 'fs-native-extensions' {
  /** Locks an open file for writing; false if it is locked by another that has opened it. Throws where files can't be locked. */
  export function tryLock(file: number): boolean
}
