"use strict";
// Runs in AWS Lambda: asks a restored PostgreSQL instance of RDS how many rows a query finds.

/* eslint-disable @typescript-eslint/no-require-imports -- the runtime loads it as it is */
const { randomBytes } = require("node:crypto");

/** RDS takes a minute or so until a new password holds, and some until it takes one: 5 minutes for each at most. */
const TRIES = 30;
const PAUSE = 10_000;

/** What is not there yet, or no longer: a password, a listener, a server that is starting. */
const TOO_EARLY = ["28P01", "57P03", "ECONNREFUSED", "ECONNRESET", "CONNECT_TIMEOUT", "CONNECTION_CLOSED"];

/**
 * The restored instance has the password of its snapshot, which nobody knows: it gets a new one, which nobody keeps. The
 * role can do that only to what carries the tag of a restore test.
 */
exports.ask = async (id, query, aws, { connect = connectTo, sleep = pause } = {}) => {
  const { Engine, MasterUsername, Endpoint, DBName } = await settled(id, aws, sleep);
  if (Engine !== "postgres") return { proven: true, why: `${id} is there; ${Engine} is not asked` };
  const password = randomBytes(24).toString("hex");
  const reset = { DBInstanceIdentifier: id, MasterUserPassword: password, ApplyImmediately: true };
  await aws("rds", "ModifyDBInstance", reset);
  const { rows, atLeast, database = DBName ?? "postgres" } = query;
  const at = { host: Endpoint.Address, port: Endpoint.Port, user: MasterUsername, password, database };
  for (let tries = 1; ; tries++) {
    try {
      const count = await connect(at, `select count(*)::float8 as count from (${rows}) as asked`);
      const why = `${id} finds ${count} rows of at least ${atLeast}`;
      return { proven: count >= atLeast, why };
    } catch (error) {
      // What the database itself says of the query is a verdict: a table that is not there was not restored.
      if (/^(42|3D|22)/.test(error.code)) return { proven: false, why: `${id} says ${error.message}` };
      if (tries === TRIES || !TOO_EARLY.includes(error.code)) throw error;
      await sleep(PAUSE);
    }
  }
};

/** The instance, once it takes changes: a new one is backed up first. */
async function settled(id, aws, sleep) {
  for (let tries = 1; ; tries++) {
    const { DBInstances } = await aws("rds", "DescribeDBInstances", { DBInstanceIdentifier: id });
    const [instance] = DBInstances;
    if (instance.DBInstanceStatus === "available" || instance.Engine !== "postgres") return instance;
    if (tries === TRIES) throw new Error(`${id} is still ${instance.DBInstanceStatus}`);
    await sleep(PAUSE);
  }
}

/** Over TLS, to the server that its certificate names; it only reads. */
async function connectTo(at, statement) {
  const postgres = require("./postgres/index.js");
  const sql = postgres({ ...at, ssl: { rejectUnauthorized: true }, max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [{ count }] = await sql.begin("read only", (transaction) => transaction.unsafe(statement));
    return count;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
