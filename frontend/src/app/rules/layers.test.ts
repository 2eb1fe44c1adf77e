import { sep } from 'node:path'
import { expect, test } from 'vitest'
import { files, importsOf } from './imports.test.helper'

// Each may import what stands behind it; api and strings are open to all but the last two.
const LAYERS = ['app', 'pages', 'features', 'entities', 'ui', 'lib']
const OPEN = ['api', 'strings', 'styles']
const LOWEST = ['ui', 'lib']

test('imports point down the layers, and no feature knows another', () => {
  const wrong = files.flatMap((file) => importsOf(file).filter((target) => !isFine(file, target)).map((target) => `${file} -> ${target}`))
  expect(wrong).toEqual([])
})

function isFine(file: string, target: string): boolean {
  const [from = '', own] = file.split(sep)
  const [to = '', other] = target.split(sep)
  if (!LAYERS.includes(from)) return from !== 'api' || to === 'api' || to === 'lib'
  if (OPEN.includes(to)) return !LOWEST.includes(from)
  if (from === to) return from !== 'features' || own === other
  return LAYERS.indexOf(from) < LAYERS.indexOf(to)
}
