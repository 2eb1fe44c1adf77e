import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react'
import type { Tone } from './freshness'
import styles from './ToneIcon.module.css'

const ICONS = { calm: CircleCheck, warning: TriangleAlert, bad: OctagonX }

export function ToneIcon({ tone }: { tone: Tone }) {
  const Icon = ICONS[tone]
  return <Icon size={16} aria-hidden className={styles[tone]} />
}
