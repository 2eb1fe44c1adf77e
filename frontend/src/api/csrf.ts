/** In memory only: a log-in gives another one, and the answers bring it. */
let token = ''

export function csrfToken(): string {
  return token
}

export function keepCsrfToken(newToken: string): void {
  token = newToken
}
