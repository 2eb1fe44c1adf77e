/** The product speaks English, so dates and figures do, whatever the browser's own language is: index.html says the same. */
export const LOCALE = 'en-GB'
