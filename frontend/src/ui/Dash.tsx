/** Show a dash for a missing value, and say so to screen readers. */
export function Dash({ label = 'none' }: { label?: string }) {
  return (
    <>
      <span aria-hidden>—</span>
      <span className="visually-hidden">{label}</span>
    </>
  )
}
