// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** How linear light is seen with one kind of cones missing: Machado, Oliveira and Fernandes 2009, severity 1. */
const VISIONS = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}
const TO_XYZ = [0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505]
const WHITE = [0.9505, 1, 1.089]
/** Two neighbours in a bar are told apart at a glance; a difference of 2 is just seen side by side. */
const APART = 24

test('the measure knows what is told apart, and what is not', () => {
  expect(distance('#ffffff', '#000000', 'normal')).toBeCloseTo(100, 0)
  expect(distance('#ff0000', '#00ff00', 'normal')).toBeCloseTo(170.6, 0)
  const [ochre, vermilion] = ['#8f6a00', '#b04a00']
  expect(distance(ochre, vermilion, 'normal')).toBeGreaterThan(30)
  expect(distance(ochre, vermilion, 'deuteranopia')).toBeLessThan(APART)
})

const CASES = (['light', 'dark'] as const).flatMap((theme) => visions().map((vision) => [theme, vision] as const))

test.each(CASES)('any two colours of a chart are told apart, %s, %s', (theme, vision) => {
  const colours = coloursIn(theme)
  expect(colours).toHaveLength(4)
  const pairs = colours.flatMap((one, place) => colours.slice(place + 1).map((other) => [one, other] as const))
  expect(pairs.filter(([one, other]) => distance(one, other, vision) < APART)).toEqual([])
})

function visions() {
  return Object.keys(VISIONS) as (keyof typeof VISIONS)[]
}

function coloursIn(theme: 'light' | 'dark'): string[] {
  const found = readFileSync('src/styles/tokens.css', 'utf8').matchAll(/--chart-\d: light-dark\((#\w+), (#\w+)\)/g)
  return [...found].map(([, light = '', dark = '']) => (theme === 'light' ? light : dark))
}

function distance(one: string, other: string, vision: keyof typeof VISIONS): number {
  const [a, b] = [one, other].map((colour) => labOf(times(VISIONS[vision], linear(colour))))
  return Math.hypot(...(a ?? []).map((part, place) => part - (b?.[place] ?? 0)))
}

function linear(colour: string): number[] {
  return [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
}

function labOf(light: number[]): number[] {
  const seen = light.map((part) => Math.min(1, Math.max(0, part)))
  const [x = 0, y = 0, z = 0] = times(TO_XYZ, seen).map((part, place) => curve(part / (WHITE[place] ?? 1)))
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function curve(part: number): number {
  return part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116
}

function times(matrix: number[], [a = 0, b = 0, c = 0]: number[]): number[] {
  return [0, 3, 6].map((row) => (matrix[row] ?? 0) * a + (matrix[row + 1] ?? 0) * b + (matrix[row + 2] ?? 0) * c)
}
