import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { fileOf, files, importsOf } from './imports.test.helper'

const written = files.filter((file) => !file.includes('.test.'))
const isWing = (folder: string) => /^features\/[^/]+\/./.test(folder)

test('no file imports itself through others, not even for a type or when it is needed', () => {
  expect(circleIn(graphOf((file) => file))).toEqual([])
})

test('no wing of a feature imports another that imports it', () => {
  expect(circleIn(graphOf((file) => dirname(file), isWing))).toEqual([])
})

test('no file only exports what others hold', () => {
  expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([])
})

type Graph = Map<string, Set<string>>

function graphOf(nameOf: (file: string) => string, isShown: (name: string) => boolean = () => true): Graph {
  const graph: Graph = new Map()
  for (const file of written) {
    const from = nameOf(file)
    const targets = importsOf(file).flatMap(fileOf).map(nameOf).filter((name) => isShown(name) && name !== from)
    if (isShown(from)) graph.set(from, new Set([...(graph.get(from) ?? []), ...targets]))
  }
  return graph
}

/** Find one circle, in its order, or nothing. */
function circleIn(graph: Graph): string[] {
  const done = new Set<string>()
  const visit = (name: string, path: string[]): string[] => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return []
    done.add(name)
    for (const next of graph.get(name) ?? []) {
      const circle = visit(next, [...path, name])
      if (circle.length > 0) return circle
    }
    return []
  }
  for (const name of graph.keys()) {
    const circle = visit(name, [])
    if (circle.length > 0) return circle
  }
  return []
}
