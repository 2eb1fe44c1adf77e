import type { Content, VersionDetail } from '../types'
import { answerOf, commentOf, criteriaIn, type Values, valuesOf } from './values'

/** Copy answers and comments of criteria that this template has too; checks belong to their own deal. */
export function carriedOver(content: Content, version: VersionDetail): Values {
  const theirs = valuesOf(version)
  const names = criteriaIn(content).flatMap(({ code }) => [answerOf(code), commentOf(code)])
  return Object.fromEntries(names.flatMap((name) => (theirs[name] ? [[name, theirs[name]]] : [])))
}
