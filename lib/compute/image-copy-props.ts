/** What an `ImageCopy` can be told. */
export interface ImageCopyProps {
  /** The id of the machine image in its own region. Another one is a copy of its own, made before this one goes. */
  readonly image: string;
  /** The region that the image stands in. */
  readonly from: string;
  /**
   * The ARN of the KMS key that the copy is encrypted under, in the region of the copy; instances need the right to use it.
   *
   * @default - the key of the account for volumes there
   */
  readonly key?: string;
  /**
   * The region of the copy.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}
