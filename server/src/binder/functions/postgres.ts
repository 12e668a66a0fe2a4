/** Functions of postgres beside the common ones. */
export const POSTGRES = `
`;
