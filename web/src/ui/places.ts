import { partitionOf } from "./principals";

/** A place as people write it, s3://bucket/prefix, as the ARN that the API takes; undefined for what is neither. */
export function placeArn(text: string, sessionArn: string): string | undefined {
  const place = text.trim();
  if (/^arn:[^:]+:s3:::./.test(place)) return place;
  const found = /^s3a?:\/\/(.+)$/.exec(place);
  return found ? `arn:${partitionOf(sessionArn)}:s3:::${found[1]}` : undefined;
}

/** The ARN of a place as people write it. */
export const placeText = (arn = ""): string => arn.replace(/^arn:[^:]+:s3:::/, "s3://");
