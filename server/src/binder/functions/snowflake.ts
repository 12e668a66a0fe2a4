/** Functions of snowflake beside the common ones. */
export const SNOWFLAKE = `
`;
