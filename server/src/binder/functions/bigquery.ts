/** Functions of bigquery beside the common ones. */
export const BIGQUERY = `
`;
