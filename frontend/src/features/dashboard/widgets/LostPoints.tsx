import { useState } from 'react'
import { formatDecimal } from '@/lib/format'
import { Select } from '@/ui/Select'
import { BarTable } from '../parts/BarTable'
import { words } from '../strings'
import type { DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'

const BEST_RATING = 5

export function LostPoints({ figures }: { figures: DashboardFigures }) {
  const [practice, choose] = useState('')
  const { criteria } = figures
  const practices = [
    ...new Set(criteria.flatMap((each) => each.by_practice.map((part) => part.practice))),
  ].filter((name) => name !== null)
  const rated = practice
    ? criteria.flatMap((each) => each.by_practice.filter((part) => part.practice === practice))
    : criteria
  return (
    <Widget
      title={words.criteria}
      summary={words.criteriaSummary}
      beside={
        <Select
          label={words.practice}
          isLabelHidden
          placeholder={words.all}
          value={practice}
          options={practices.map((name) => ({ value: name, label: name }))}
          onChange={choose}
        />
      }
    >
      <BarTable
        whole={BEST_RATING}
        heads={{ row: words.criterion, more: [words.average] }}
        countHead={words.ratings}
        rows={rated
          .toSorted((one, other) => Number(one.average) - Number(other.average))
          .map((figure) => ({
            key: figure.name,
            label: figure.label,
            figure,
            size: Number(figure.average),
            more: [formatDecimal(figure.average, 2)],
          }))}
      />
    </Widget>
  )
}
