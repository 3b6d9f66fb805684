import { Sla } from "../core/declarations";
import { Procedures } from "../core/procedure";
import { Recoveries, Recovery } from "../core/recovery";
import { ASYNCHRONOUS, storedAcrossZones } from "../core/stored";

const RESILIENCE = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/disaster-recovery-resiliency.html";
const REPLICAS = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html";
const VERSIONS = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html";
const STORED = storedAcrossZones(RESILIENCE);

/** What a recovery needs to know of a secret; all of it is known at synthesis. */
export interface RestorableSecret {
  readonly name: string;
  readonly region: string;
  readonly replicas: readonly string[];
}

/** How a secret comes back: a lost zone heals, a lost region needs a replica, a bad value is taken back. */
export function secretRecovers(of: RestorableSecret): Recoveries {
  return {
    instance: [STORED],
    zone: [STORED],
    ...(of.replicas.length > 0 && { region: [replica(of)] }),
    corruption: [versionBefore(of)],
  };
}

/** It is read there all the time: what it takes is to send requests there, which is counted once a service. */
function replica({ name, replicas }: RestorableSecret): Recovery {
  return {
    mechanism: "replica in another region",
    rpo: { value: "1 minute", basis: "assumed", source: `${REPLICAS} (nobody promises how soon)` },
    rto: { value: "0 seconds", basis: "configured", source: `${replicas.join(", ")} can read it all the time` },
    selfHealing: false,
    floor: { rpo: ASYNCHRONOUS },
    steps: [
      `Read it in ${replicas.join(" or ")}: it has the same name there, ${name}.`,
      `It cannot be changed there while it follows. Where it must, or where it is rotated, let it stand alone: ${replicas
        .map((region) => `\`aws secretsmanager stop-replication-to-replica --region ${region} --secret-id ${name}\``)
        .join(" or ")}.`,
    ],
    failback: [
      "Was it let stand alone? Then write its value here, too, and delete what stands alone: the next apply replicates it again.",
    ],
  };
}

function versionBefore(of: RestorableSecret): Recovery {
  return {
    mechanism: "the version before",
    rpo: { value: "0 seconds", basis: "configured", source: `${VERSIONS} (AWSPREVIOUS is kept)` },
    rto: {
      value: "10 minutes",
      basis: "assumed",
      source: "two commands, and clients that read it again; a game day measures it",
    },
    selfHealing: false,
    steps: takeBack(of).map(({ do: what, sh }) => `${what}${sh.map((each) => ` \`${each}\``).join(",")}`),
  };
}

function takeBack({ name, region }: RestorableSecret) {
  const at = `--region ${region} --secret-id ${name}`;
  const labelled = (label: string) =>
    `$(aws secretsmanager list-secret-version-ids ${at} --query "Versions[?contains(VersionStages, '${label}')].VersionId" --output text)`;
  return [
    {
      do: "Keep the ids of both versions for the command below:",
      sh: [`PREVIOUS=${labelled("AWSPREVIOUS")}`, `CURRENT=${labelled("AWSCURRENT")}`],
    },
    {
      do: "Make the version before the current one. Those who check it must know it, too: a database whose password was changed does not.",
      sh: [
        `aws secretsmanager update-secret-version-stage ${at} --version-stage AWSCURRENT --move-to-version-id "$PREVIOUS" --remove-from-version-id "$CURRENT"`,
      ],
    },
    { do: "Let clients read it again: restart those that keep it for long.", sh: [] },
  ];
}

/** What people do with a secret now and then. */
export function secretProcedures(of: RestorableSecret) {
  const at = `--region ${of.region} --secret-id ${of.name}`;
  return {
    setValue: {
      title: "Write a value",
      why: "For the first value of a secret that nothing else writes, and for one that somebody has seen. It is read from a file that only you can read, so that it stands in no history of a shell.",
      steps: [
        {
          do: "Write the file, then the value, then remove the file. The version before stays as AWSPREVIOUS.",
          sh: [
            "umask 077 && cat > value",
            `aws secretsmanager put-secret-value ${at} --secret-string file://value`,
            "rm value",
          ].join("\n"),
        },
        { do: "Let clients read it again: restart those that keep it for long." },
      ],
      source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security_cli-exposure-risks.html",
    },
    rollback: {
      title: "Take the last value back",
      why: "For a value that opens nothing, after a rotation or after somebody wrote it.",
      steps: takeBack(of).map(({ do: what, sh }) => ({ do: what, ...(sh.length > 0 && { sh: sh.join("\n") }) })),
      source: VERSIONS,
    },
  } satisfies Procedures;
}

/** What AWS promises of the service. */
export const SECRET_SLA: Sla = {
  value: 99.9,
  basis: "sla",
  condition: "one region",
  source: "https://aws.amazon.com/secrets-manager/sla/",
  asOf: "2026-11-01",
};
