/** An id for an address: the schema calls it an integer, of which a browser's number holds not all. */
export function pathId(id: string): number {
  return id as unknown as number
}
