import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = 'src'
const IMPORT = /import (\w+) from '(\.[^']+\.module\.css)'/g

/** The compiler takes any name for a class; one that no style sheet has only looks wrong. */
test('every class a component names is in its style sheet', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  expect(files.flatMap(unknownClasses)).toEqual([])
})

function unknownClasses(file: string): string[] {
  const source = readFileSync(join(SOURCE, file), 'utf8')
  return [...source.matchAll(IMPORT)].flatMap(([, styles = '', sheet = '']) => {
    const known = readFileSync(join(SOURCE, dirname(file), sheet), 'utf8')
    const named = [...source.replaceAll(IMPORT, '').matchAll(new RegExp(`\\b${styles}\\.(\\w+)`, 'g'))].map(([, name]) => name)
    return named.filter((name) => !new RegExp(`\\.${name}\\b`).test(known)).map((name) => `${file}: ${name}`)
  })
}
