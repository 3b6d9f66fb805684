/** The address of a queue, for a shell. */
export function queueUrl(queue: string): string {
  return `$(aws sqs get-queue-url --queue-name ${queue} --query QueueUrl --output text)`;
}

/** The ARN of a queue, for a shell. */
export function queueArn(queue: string): string {
  return `$(aws sqs get-queue-attributes --queue-url ${queueUrl(queue)} --attribute-names QueueArn --query Attributes.QueueArn --output text)`;
}

/** How many messages wait, are held by consumers, and are held back, as a command. */
export function counts(queue: string): string {
  return `aws sqs get-queue-attributes --queue-url ${queueUrl(queue)} --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesDelayed --query Attributes`;
}

/** The functions that receive from a queue, as a command. */
export function functionsOf(queue: string): string {
  return `aws lambda list-event-source-mappings --event-source-arn ${queueArn(queue)} --query 'EventSourceMappings[].[FunctionArn,State,ScalingConfig.MaximumConcurrency,LastProcessingResult]' --output text`;
}

/** A message as it lies there, with what is said of it; it stays. */
export function readOne(queue: string): string {
  return `Read one; it stays where it is: aws sqs receive-message --visibility-timeout 0 --attribute-names All --message-attribute-names All --queue-url ${queueUrl(queue)}.`;
}

/** Moves all that was put aside back to where it came from, as a command. */
export function sendBack(deadLetters: string): string {
  return `aws sqs start-message-move-task --source-arn ${queueArn(deadLetters)}`;
}

/** How far that has come, as a command. */
export function sentBack(deadLetters: string): string {
  return `aws sqs list-message-move-tasks --source-arn ${queueArn(deadLetters)} --query 'Results[0].[Status,ApproximateNumberOfMessagesMoved,ApproximateNumberOfMessagesToMove,FailureReason]' --output text`;
}

/** Writes all messages of a queue into a file, and leaves them there, as a step. */
export function save(queue: string): string {
  const groups = queue.endsWith(".fifo") ? " It gets ten of each group: the others wait behind them." : "";
  return `Save them into a file; they stay, and are hidden from others for an hour.${groups} By this: \`QUEUE=${queueUrl(queue)}\`, \`until ! aws sqs receive-message --queue-url "$QUEUE" --max-number-of-messages 10 --visibility-timeout 3600 --wait-time-seconds 20 --attribute-names All --message-attribute-names All --output json | tee -a ${queue}.json | grep -q MessageId; do :; done\`.`;
}
