import { Content, verbatim } from "../core/content";

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** @default - identity policies name no principal */
  readonly Principal?: Readonly<Record<string, Content | readonly Content[]>> | "*";
  readonly Action: string | readonly string[];
  /** @default - trust policies name no resource */
  readonly Resource?: Content | readonly Content[];
  /** @default - always */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Content | readonly Content[]>>>>;
}

/** A policy document as the compact text that Terraform and AWS compare; `${aws:username}` is a variable of IAM. */
export function policy(...statements: readonly Statement[]): string {
  return verbatim(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}
