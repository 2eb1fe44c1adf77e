import { recommendationWords } from '@/entities/opportunity/strings'
import type { Knockout, Recommendation } from './types'

interface Named {
  code: string
  name: string
}

export const replyWords = { YES: 'Yes', NO: 'No', UNKNOWN: 'Unknown' } as const

export const capWords = {
  atMost: (why: string, cap: Recommendation) => `${why}: ${recommendationWords[cap]} at most.`,
  knockout: ({ code, text }: Knockout, reply: 'NO' | 'UNKNOWN') =>
    `Knock-out ${code} (${text}) is answered ${replyWords[reply]}`,
  gateUnknown: ({ code, name }: Named) => `Gate ${code} (${name}) is Unknown`,
  gateRated: ({ code, name }: Named, rating: number) => `Gate ${code} (${name}) is rated ${rating}`,
  group: ({ code, name }: Named, score: string, floor: number) =>
    `Group ${code} (${name}) scores ${score}, below ${floor}`,
  unknown: (share: string, limit: number) =>
    `${share} % of the weight is Unknown, above ${limit} %`,
}
