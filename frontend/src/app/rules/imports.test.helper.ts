import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export const SOURCE = 'src'
const IMPORT = /(?:from|import|mock)\s*\(?\s*'([^']+)'/g

export const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))

/** List what a file imports, types and lazy parts too, by paths from src; packages are left out. */
export function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8')
  return [...text.matchAll(IMPORT)].flatMap(([, name = '']) => targetOf(file, name))
}

function targetOf(file: string, name: string): string[] {
  if (name.startsWith('@/')) return [name.slice(2)]
  if (!name.startsWith('.')) return []
  const target = normalize(join(dirname(file), name))
  return target.startsWith('..') ? [] : [target]
}

/** Resolve an import to its file, or to nothing for a style sheet. */
export function fileOf(target: string): string[] {
  return ['.ts', '.tsx'].map((end) => target + end).filter((name) => existsSync(join(SOURCE, name)))
}
