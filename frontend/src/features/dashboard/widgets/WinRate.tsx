import { WordHelp } from '@/entities/help/WordHelp'
import { bandLabel } from '@/entities/opportunity/catalogue'
import { formatPercent } from '@/lib/format'
import { BarTable } from '../parts/BarTable'
import { FigureLink } from '../parts/FigureLink'
import { words } from '../strings'
import type { BandWinRate, DashboardFigures } from '../types'
import { Widget } from '../parts/Widget'

export function WinRate({ figures }: { figures: DashboardFigures }) {
  return (
    <Widget title={words.winRate} summary={words.winRateSummary} beside={<WordHelp word="band" />}>
      <BarTable
        whole={100}
        heads={{ row: words.band, more: [words.won, words.lost, words.rate] }}
        rows={figures.win_rate.map((band) => ({
          key: band.name,
          label: wordOf(band),
          figure: band,
          size: Number(band.percent ?? 0),
          more: [
            <FigureLink key="won" figure={band.won} label={`${wordOf(band)}, ${words.won}`} />,
            <FigureLink key="lost" figure={band.lost} label={`${wordOf(band)}, ${words.lost}`} />,
            band.percent === null ? words.tooFew : formatPercent(band.percent),
          ],
        }))}
      />
    </Widget>
  )
}

function wordOf({ name }: BandWinRate): string {
  return bandLabel(name)
}
