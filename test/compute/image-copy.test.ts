import { AmiCopy } from "@cdktf/provider-aws/lib/ami-copy";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Fleet, ImageCopy, ImageCopyProps } from "../../lib/compute";
import { network, synth } from "../synth";

const IMAGE = "ami-0a1b2c3d4e5f60718";
const PROPS: ImageCopyProps = { image: IMAGE, from: "eu-central-1" };

const copied = (props: ImageCopyProps = PROPS) =>
  synth((stack) => void new ImageCopy(stack, "image", props)).at(AmiCopy, "image/Resource");

test("an image is copied to the region of the stack, encrypted, and the next one before this one goes", () => {
  expect(copied()).toMatchObject({
    source_ami_id: IMAGE,
    source_ami_region: "eu-central-1",
    encrypted: true,
    lifecycle: { create_before_destroy: true },
  });
  expect(copied().region).toBeUndefined();
});

test("two images have two names, so that their copies stand side by side", () => {
  const { name } = copied({ ...PROPS, image: "ami-0123456789abcdef0" });
  expect(name).not.toBe(copied().name);
});

test("it may stand in another region, under a key of there", () => {
  const key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  expect(copied({ image: IMAGE, from: "eu-west-1", region: "us-east-1", key })).toMatchObject({
    region: "us-east-1",
    kms_key_id: key,
  });
});

test("a fleet takes what the copy is called, which AWS assigns", () => {
  const plan = synth((stack) => {
    const { image } = new ImageCopy(stack, "image", PROPS);
    const scaleOn = { metric: { namespace: "Work", name: "Busy", statistic: "Average" }, target: 60 };
    new Fleet(stack, "fleet", { network: network(), image, scaleOn });
  });
  expect(plan.the(LaunchTemplate).image_id).toMatch(/^\$\{aws_ami_copy\.image_\w+\.id\}$/);
});

test.each<[string, ImageCopyProps, string]>([
  ["an id of no image", { ...PROPS, image: "orders-7" }, "'image' must be the id of a machine image"],
  ["an image that stands there already", { ...PROPS, from: "eu-west-1" }, "'from' must be another region"],
  ["a copy beside its image", { ...PROPS, region: "eu-central-1" }, "'from' must be another region"],
  ["a region that is none", { ...PROPS, from: "Frankfurt" }, "'from' must be a region such as eu-west-1"],
  ["a target that is none", { ...PROPS, region: "Ireland" }, "'region' must be a region such as eu-central-1"],
  [
    "a key of where the image comes from",
    { ...PROPS, key: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    "'key' must be a key of eu-west-1",
  ],
  ["a key that is none", { ...PROPS, key: "alias/orders" }, "'key' must be"],
])("fails on %s", (_, props, message) => expect(() => copied(props)).toThrow(message));
