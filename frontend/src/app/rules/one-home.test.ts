// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROGRAM_WORDS } from '@/api/sentences'
import { LOCALE } from '@/lib/locale'

const SOURCE = 'src'
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.endsWith('.d.ts'),
)

/** List as `file: text` what stands outside its home. */
function outside(homes: string[], what: RegExp): string[] {
  return files
    .filter((file) => !homes.includes(file))
    .flatMap((file) => {
      const text = readFileSync(join(SOURCE, file), 'utf8')
      return [...text.matchAll(what)].map(([found]) => `${file}: ${found}`)
    })
}

test('what is loaded when needed has a boundary for the day it is gone from the server', () => {
  const homes = ['entities/release/lazy-parts.tsx']
  expect(outside(homes, /\blazy\(|\blazyRouteComponent\b/g)).toEqual([])
  expect(outside([], /(?<!\blazy(?:Page|Part|Dialog)\(\s*\(\) => )\bimport\(/g)).toEqual([])
})

test("one place knows the server's time, and one how dates and figures are written", () => {
  expect(outside(['lib/clock.ts'], /\bDate\.now\b|\bnew Date\(\)/g)).toEqual([])
  expect(outside(['lib/format.ts'], /\bIntl\.\w+|\.toLocale\w+|\blocaleCompare\b|\bnavigator\.language\w*/g)).toEqual([])
  const unnamed = outside([], /\bnew Intl\.\w+\((?!(?:LOCALE|locale|chosen)\b)/g)
  expect(unnamed).toEqual([])
  expect(readFileSync('index.html', 'utf8')).toContain(`<html lang="${LOCALE}">`)
})

test('an error comes to the page by sentenceOf alone, and no words of ours are those of programs', () => {
  expect(outside(['api/problem.ts', 'api/sentences.ts'], /\b(?:error|cause|failure)\.message\b|\bproblem\.(?:detail|title)\b/g)).toEqual([])
  const strings = files.filter((file) => /strings\.ts$|strings\/|sentences\.ts$/.test(file))
  const words = strings.flatMap((file) =>
    [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/(['`])([A-Z](?:(?!\1).)* (?:(?!\1).)*)\1/g)].map(([, , text = '']) => text),
  )
  expect(words.length).toBeGreaterThan(300)
  expect(words.map((text) => text.replaceAll(/\$\{[^}]*\}?/g, '…')).filter((text) => PROGRAM_WORDS.test(text))).toEqual([])
})
