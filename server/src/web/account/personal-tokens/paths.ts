/** Addresses of the pages of personal tokens. */
export const addPath = "/account/tokens/add";
export const endPath = (id: string): string => `/account/tokens/${id}/end`;
