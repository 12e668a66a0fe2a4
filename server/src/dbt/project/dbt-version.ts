/** The version of dbt whose behaviour this is: what `dbt_version` shows and `require-dbt-version` is held against. */
export const DBT_VERSION = '1.11.14';
