export { Postgres } from "./postgres";
export type { PostgresProps } from "./postgres-props";
