export const strings = {
  title: 'Sign in',
  heading: 'Sign in to BQS',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  viaAdmin: 'Or sign in to the admin',
  again: 'Sign in again',
  againWhy: 'Your session has ended. Nothing you typed is lost: sign in, and it goes on.',
  tooMany: (seconds: number) => `Too many tries. Wait ${seconds} seconds.`,
  failed: 'The session could not be asked for',
}
