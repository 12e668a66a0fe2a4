/** Functions of redshift beside the common ones. */
export const REDSHIFT = `
`;
