/** Where to go after signing in: a page of the desk, and never another site, whatever the address says. */
export function wayBack(to: string | string[] | undefined): string {
  return typeof to === 'string' && /^\/admin(?:$|[/?#])[\x21-\x5b\x5d-\x7e]*$/.test(to) && !to.startsWith('/admin/sign-in') ? to : '/admin'
}
