/** The path that the site is below, such as /bqs, which bqs/web/frontend.py writes; empty at the root. */
export const PREFIX = document.body.dataset.prefix ?? ''
