import { useState } from 'react'
import { WordHelp } from '@/entities/help/WordHelp'
import { bandLabel } from '@/entities/opportunity/catalogue'
import { formatCount, formatDecimal, formatMoneyShort, formatPercent } from '@/lib/format'
import { Select } from '@/ui/Select'
import { qualityFinding } from '../findings'
import { BarTable } from '../parts/BarTable'
import { ChartWithTable } from '../parts/ChartWithTable'
import { FigureLink } from '../parts/FigureLink'
import { Question } from '../parts/Question'
import { Tiles } from '../parts/Tiles'
import { Widget } from '../parts/Widget'
import styles from '../parts/Widget.module.css'
import { words } from '../strings'
import type { DashboardFigures, Figure, WidgetProps } from '../types'

export function Quality(shown: WidgetProps) {
  return (
    <Question {...words.quality} finding={qualityFinding(shown.figures)} picture={<WinRate {...shown} />}>
      <Coverage {...shown} />
      <ScoreHistogram {...shown} />
      <LostPoints {...shown} />
      <NoBidReasons {...shown} />
    </Question>
  )
}

function WinRate({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.winRate} summary={words.winRateSummary} beside={<WordHelp word="band" />}>
      <BarTable
        whole={100}
        heads={{ row: words.band, more: [words.won, words.lost, words.rate] }}
        rows={figures.win_rate.map((band) => ({
          label: bandLabel(band.name),
          figure: band,
          size: Number(band.percent ?? 0),
          more: [
            <FigureLink key="won" figure={band.won} label={`${bandLabel(band.name)}, ${words.won}`} />,
            <FigureLink key="lost" figure={band.lost} label={`${bandLabel(band.name)}, ${words.lost}`} />,
            band.percent === null ? words.tooFew : formatPercent(band.percent),
          ],
        }))}
      />
    </Widget>
  )
}

/** Show how many deals that needed a decision got one before the CRM closed them. */
function Coverage({ figures }: { figures: DashboardFigures }) {
  const { closed, decided, bypassed, percent, limits } = figures.coverage
  const amounts = Object.entries(limits).map(([currency, value]) => formatMoneyShort(value, currency))
  return (
    <Widget title={words.coverage} summary={percent === null ? words.nothing : words.coverageSummary(formatPercent(percent))}>
      <Tiles figures={[closed, decided, bypassed]} />
      <p className={styles.muted}>{words.coverageLimits(amounts.join(', '))}</p>
    </Widget>
  )
}

function ScoreHistogram({ figures: { scores } }: WidgetProps) {
  return (
    <Widget title={words.scores} summary={summaryOf(scores)}>
      <ChartWithTable
        unit={words.scoresUnit}
        series={[{ label: words.count, colour: 'var(--accent)' }]}
        bars={scores.map(({ name, count }) => ({ label: name, values: [count] }))}
        table={
          <BarTable
            heads={{ row: words.score }}
            rows={scores.map((figure) => ({ figure }))}
          />
        }
      />
    </Widget>
  )
}

/** Sum up the histogram; bands depend on templates, of which there may be several. */
function summaryOf(scores: Figure[]): string {
  const scored = scores.reduce((sum, { count }) => sum + count, 0)
  const [largest] = scores.toSorted((one, other) => other.count - one.count)
  if (!largest || scored === 0) return words.scoresNone
  return words.scoresSummary(formatCount(scored), formatCount(largest.count), largest.label)
}

const BEST_RATING = 5

function LostPoints({ figures }: { figures: DashboardFigures }) {
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
            figure,
            size: Number(figure.average),
            more: [formatDecimal(figure.average, 2)],
          }))}
      />
    </Widget>
  )
}

/** Show the reasons, most frequent first, with their cumulative share. */
function NoBidReasons({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.reasons}>
      <BarTable
        heads={{ row: words.reason, more: [words.percent, words.soFar] }}
        rows={figures.no_bid_reasons.map((figure) => ({
          figure,
          more: [formatPercent(figure.percent), formatPercent(figure.percent_so_far)],
        }))}
      />
    </Widget>
  )
}
