/** Seeds' columns are quoted unless `quote_columns` or the adapter says otherwise. */
export const areSeedColumnsQuoted = (configured: boolean | undefined, adapterType: string): boolean =>
  configured ?? adapterType !== 'snowflake';
