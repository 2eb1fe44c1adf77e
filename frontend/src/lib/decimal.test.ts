import { expect, test } from 'vitest'
import vectors from '../../../opportunities/decimal_vectors.json'
import { readDecimal } from './decimal'

test.each(vectors)('%j is read as %j', (typed = '', meant) => {
  const read = readDecimal(typed)
  expect('number' in read ? read.number : read.fault).toBe(meant)
})
