/** localStorage that may be forbidden or full: then nothing is kept, and nothing breaks. */

const PREFIX = 'bqs:'

export function readStored<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

/** Store a value; return whether that worked. */
export function store(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

export function storedKeys(start: string): string[] {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + start))
    return keys.map((key) => key.slice(PREFIX.length))
  } catch {
    return []
  }
}

/** Tell whether this person has unsent text here; preferences do not count. */
export function hasUnsent(person: string): boolean {
  return storedKeys('personal:').some((key) => {
    const [, , of, place] = key.split(':')
    return of === person && place !== undefined
  })
}

/** Delete at sign-out what is kept of a person as `personal:<kind>:<their id>:…`; nobody else shall find it here. */
export function forgetPersonal(person: string): void {
  for (const key of storedKeys('personal:')) {
    const [, , of = person] = key.split(':')
    if (of === person) forget(key)
  }
}
