/** When a comment has to be written, as assessments/drafts/completeness.py wants it. Pure. */

import type { Content, CriterionGroup } from '../types'
import { commentOf, NOT_APPLICABLE, UNKNOWN, type Values } from './values'

export function isCommentDue(content: Content, answer: string): boolean {
  if (answer === '') return false
  const isRating = answer !== UNKNOWN && answer !== NOT_APPLICABLE
  return !isRating || content.commented_ratings.includes(Number(answer))
}

export function isLongEnough(content: Content, comment: string): boolean {
  return comment.trim().length >= content.shortest_comment
}

/** Tell whether a group still lacks the comment it needs. */
export function isGroupSilent(content: Content, group: CriterionGroup, values: Values): boolean {
  return (
    content.is_comment_per_group &&
    !group.criteria.some((each) => isLongEnough(content, String(values[commentOf(each.code)] ?? '')))
  )
}
