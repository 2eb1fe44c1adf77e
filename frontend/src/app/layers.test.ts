import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { expect, test } from 'vitest'

// Each may import what stands behind it; api and strings are open to all but the last two.
const LAYERS = ['app', 'pages', 'features', 'entities', 'ui', 'lib']
const OPEN = ['api', 'strings', 'styles']
const LOWEST = ['ui', 'lib']
const SOURCE = 'src'
const IMPORT = /(?:from|import|mock)\s*\(?\s*'([^']+)'/g

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
)

test('imports point down the layers, and no feature knows another', () => {
  const wrong = files.flatMap((file) => importsOf(file).filter((target) => !isFine(file, target)).map((target) => `${file} -> ${target}`))
  expect(wrong).toEqual([])
})

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8')
  return [...text.matchAll(IMPORT)].map(([, name = '']) => name).flatMap((name) => targetOf(file, name))
}

/** By alias or by a relative path, from src; nothing for a package, or for what lies outside. */
function targetOf(file: string, name: string): string[] {
  if (name.startsWith('@/')) return [name.slice(2)]
  if (!name.startsWith('.')) return []
  const target = normalize(join(dirname(file), name))
  return target.startsWith('..') ? [] : [target]
}

function isFine(file: string, target: string): boolean {
  const [from = '', own] = file.split(sep)
  const [to = '', other] = target.split(sep)
  if (!LAYERS.includes(from)) return from !== 'api' || to === 'api' || to === 'lib'
  if (OPEN.includes(to)) return !LOWEST.includes(from)
  if (from === to) return from !== 'features' || own === other
  return LAYERS.indexOf(from) < LAYERS.indexOf(to)
}
