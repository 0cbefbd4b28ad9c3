/** The header by which a proxy of ours says whom it asks for: so that attackers and readers come from different addresses. */
export const from = (address: string) => ({ 'x-forwarded-for': address })
