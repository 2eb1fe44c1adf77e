export const strings = {
  title: 'Sign in',
  heading: 'Sign in to BQS',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  viaAdmin: 'Or sign in to the admin',
  again: 'Sign in again',
  againWhy: 'Your session has ended. Nothing you typed is lost: sign in, and it goes on.',
  another: (name: string) => `${name} is signed in now`,
  anotherWhy: (name: string, owner: string) =>
    `${name} signed in to BQS in another tab. This page is ${owner}'s: what is typed here is kept for ${owner}, and not sent in another name.`,
  goOnAs: (name: string) => `Go on as ${name}`,
  orAgain: (owner: string) => `Or sign in again as ${owner}:`,
  tooMany: (seconds: number) => `Too many tries. Wait ${seconds} seconds.`,
  failed: 'The session could not be asked for',
}
