import { AmiCopy } from "@cdktf/provider-aws/lib/ami-copy";
import { Construct } from "constructs";
import { requireForm, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { REGION, placeOf } from "../core/place";
import { requireKeyArn } from "../parts/key-arn";
import { ImageCopyProps } from "./image-copy-props";

const IMAGE = /^ami-[0-9a-f]{8,17}$/;

/**
 * A machine image that stands in a second region as well: the fleet there starts when its first region is lost, and whoever
 * takes the image out of use there takes nothing away here.
 *
 * Make it in the stack of the standby, which then refers to nothing of the other region; the copy is made when the stack is
 * applied, so apply it with each new image. Always: encrypted, and a new image is copied before instances leave the old one.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
 */
export class ImageCopy extends Construct {
  readonly copy: AmiCopy;

  constructor(scope: Construct, id: string, props: ImageCopyProps) {
    super(scope, id);
    register(this, props, "ImageCopyProps");
    const { image, from, key, region } = props;
    requireForm(this, "image", image, IMAGE, "the id of a machine image, such as ami-0a1b2c3d4e5f60718");
    requireForm(this, "from", from, REGION, "a region such as eu-west-1");
    if (region !== undefined) requireForm(this, "region", region, REGION, "a region such as eu-central-1");
    const here = region ?? placeOf(this).region;
    const mend = "an image is used as it is where it stands";
    requireThat(this, from !== here, {
      prop: "from",
      must: `be another region than that of the copy, ${here}`,
      got: from,
      mend,
    });
    if (key !== undefined) {
      requireKeyArn(this, "key", key);
      requireThat(this, key.split(":")[3] === here, { prop: "key", must: `be a key of ${here}`, got: key });
    }

    this.copy = new AmiCopy(this, "Resource", {
      region,
      // The name holds the image: a copy of the next one stands beside this one before it goes.
      name: nameOf(this, "image", "", image),
      description: `${image} of ${from}, for ${this.node.path}`,
      sourceAmiId: image,
      sourceAmiRegion: from,
      encrypted: true,
      kmsKeyId: key,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** What a `Fleet` of its region takes as its `image`. */
  get image(): string {
    return this.copy.id;
  }
}
