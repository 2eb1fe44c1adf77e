/** An id for an address, as it is. */
export function pathId(id: string): string {
  return id
}
