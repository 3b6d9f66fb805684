import { TerraformStack } from "cdktf";
import { Fleet, ImageCopy } from "sre-constructs/compute";
import { Network } from "sre-constructs/network";

/** The image of the workers, in the region of the standby: its fleet starts where the first region is gone. */
export function imageCopy(stack: TerraformStack): Fleet {
  const network = new Network(stack, "network", { cidr: "10.60.0.0/16" });
  const workers = new ImageCopy(stack, "image", { image: "ami-0a1b2c3d4e5f60718", from: "eu-central-1" });
  return new Fleet(stack, "workers", {
    network,
    image: workers.image,
    scaleOn: {
      metric: { namespace: "Workers", name: "Busy", statistic: "Average" },
      target: 60,
    },
  });
}
