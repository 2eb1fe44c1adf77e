/** Nothing is there, for eyes and ears. */
export function Dash({ label = 'none' }: { label?: string }) {
  return (
    <>
      <span aria-hidden>—</span>
      <span className="visually-hidden">{label}</span>
    </>
  )
}
