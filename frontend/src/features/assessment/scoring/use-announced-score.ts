import { recommendationWords } from '@/entities/opportunity/strings'
import { formatDecimal } from '@/lib/format'
import { useAnnounced } from '@/ui/Announcer'
import { scoreWords } from '../strings'
import type { Recommendation, Scoring } from '../types'

const PAUSE_MS = 1000

/** Announce the score after a pause, not with every key. */
export function useAnnouncedScore({ score, best_case, recommendation }: Scoring): void {
  const word = recommendation ? recommendationWords[recommendation as Recommendation] : ''
  const sentence = score
    ? scoreWords.announce(formatDecimal(score), formatDecimal(best_case), word)
    : scoreWords.none
  useAnnounced(sentence, PAUSE_MS)
}
