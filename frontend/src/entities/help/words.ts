/** The words of the trade, each with its sentence of docs/glossary.md. */
export const tradeWords = {
  'knock-out': 'A question that must be answered Yes; a No rules the bid out, whatever the score is.',
  gate: 'A criterion that limits the recommendation when its rating is too low.',
  band: 'The range of points that a score falls into: high, middle or low.',
  confidence: 'How sure the SA is of the answers: high, medium or low. It does not change the score.',
  clock: 'The working days that a state may last; a pause moves the due date.',
  orphan: 'An opportunity that the CRM closed or removed while work on it is unfinished.',
  're-qualify': 'Assess again after a decision, because the CRM changed facts behind the decision.',
}
export type TradeWord = keyof typeof tradeWords

export const helpLabel = (word: string) => `What is “${word}”?`
