import type { Content, VersionDetail } from './types'
import { answerOf, commentOf, criteriaIn, type Values, valuesOf } from './values'

/** Answers and comments of the criteria this template asks as well; checks are of their own deal. */
export function carriedOver(content: Content, version: VersionDetail): Values {
  const theirs = valuesOf(version)
  const names = criteriaIn(content).flatMap(({ code }) => [answerOf(code), commentOf(code)])
  return Object.fromEntries(names.flatMap((name) => (theirs[name] ? [[name, theirs[name]]] : [])))
}
