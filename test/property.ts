import fc from "fast-check";

/** Each run tries the same inputs, so that no build breaks by chance; `SEED=7 npm test` tries others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });

export default fc;
