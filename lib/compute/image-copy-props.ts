/** What an `ImageCopy` can be told. */
export interface ImageCopyProps {
  /** The id of the machine image in its own region. Another one is a copy of its own, made before this one goes. */
  readonly image: string;
  /** The region that the image stands in. */
  readonly from: string;
  /**
   * The ARN of the KMS key that the copy is encrypted under, in the region of the copy. Its policy must let the role of Auto
   * Scaling itself use it, or no instance of a `Fleet` starts.
   *
   * @default - the key of the account for volumes there, which Auto Scaling may use
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   */
  readonly key?: string;
  /**
   * The region of the copy.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}
