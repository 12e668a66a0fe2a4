/** Functions of trino beside the common ones. */
export const TRINO = `
`;
