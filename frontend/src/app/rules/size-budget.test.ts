// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const DIST = 'dist'
const MANIFEST = join(DIST, '.vite/manifest.json')
const BUDGET_KB = 250

interface Chunk {
  file: string
  imports?: string[]
}

test.skipIf(!existsSync(MANIFEST))(
  `what a first look at the inbox loads is at most ${BUDGET_KB} KB of script (skipped before a build)`,
  () => {
    const manifest: Record<string, Chunk> = JSON.parse(readFileSync(MANIFEST, 'utf8'))
    const files = filesOf(manifest, ['index.html', 'src/pages/InboxPage.tsx'])
    expect(sizeOf(files)).toBeLessThanOrEqual(BUDGET_KB * 1024)
    const text = files.map((file) => readFileSync(join(DIST, file), 'utf8')).join('')
    expect(text, 'charts belong to the dashboard alone').not.toContain('recharts')
  },
)

/** List the files of these chunks with all they import, each once. */
function filesOf(manifest: Record<string, Chunk>, names: string[]): string[] {
  const seen = new Set<string>()
  const visit = (name: string) => {
    if (seen.has(name)) return
    seen.add(name)
    manifest[name]?.imports?.forEach(visit)
  }
  names.forEach(visit)
  return [...seen].flatMap((name) => manifest[name]?.file ?? [])
}

function sizeOf(files: string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0)
}
