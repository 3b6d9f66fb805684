import { Metric } from "../../core/signal";
import { asEver } from "../../parts/first-aid";
import { Throughput } from "./file-system-props";
import { fileSystemId } from "./file-system-recovery";

/** What relief needs to know of a file system. */
export interface RelievedFileSystem {
  readonly name: string;
  readonly throughput: Throughput;
}

/** What is asked of it, in this hour and a week ago, as a step. */
export function usualLoad(of: RelievedFileSystem, asks: string, metric: string): string {
  const id = fileSystemId(of.name);
  const measured: Metric = { namespace: "AWS/EFS", name: metric, statistic: "Sum", dimensions: { FileSystemId: id } };
  return `${asks} In this hour, and in the same one a week ago: ${asEver(measured)}.`;
}

/** More throughput, and more operations with it, as steps. */
export function faster({ name, throughput }: RelievedFileSystem): string[] {
  const update = `aws efs update-file-system --file-system-id ${fileSystemId(name)}`;
  if (throughput === "elastic") {
    return ["It is as fast as EFS makes it: ask AWS for a higher limit, or spread the files over two file systems."];
  }
  const elastic = `Let it be elastic, at once and without an outage. Each byte is paid for, and for a day it cannot be turned again; write throughput: "elastic" in the code afterwards, or the next apply takes it back: \`${update} --throughput-mode elastic\`.`;
  if (throughput === "bursting") return [elastic];
  const more = Math.ceil(throughput.provisionedMibps * 1.5);
  return [
    `Provision half as much again, at once. It is paid for by the month, and can be less after a day; write it as throughput.provisionedMibps in the code afterwards, or the next apply takes it back: \`${update} --throughput-mode provisioned --provisioned-throughput-in-mibps ${more}\`.`,
    elastic,
  ];
}

/** How it is, and how fast it may be, as a command. */
export function stateOf({ name }: RelievedFileSystem): string {
  return `aws efs describe-file-systems --creation-token ${name} --query 'FileSystems[0].[LifeCycleState,ThroughputMode,ProvisionedThroughputInMibps,SizeInBytes.Value]' --output text`;
}

/** The ways to it, as a command. */
export function mountTargets({ name }: RelievedFileSystem): string {
  return `aws efs describe-mount-targets --file-system-id ${fileSystemId(name)} --query 'MountTargets[].[AvailabilityZoneName,LifeCycleState,IpAddress]' --output text`;
}
