/** Functions of databricks beside the common ones. */
export const DATABRICKS = `
`;
