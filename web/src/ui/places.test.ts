import { expect, test } from "vitest";
import { placeArn, placeText } from "./places";

const me = "arn:aws-cn:iam::111122223333:user/ada";

test.each([
  ["s3://lake/sales", "arn:aws-cn:s3:::lake/sales"],
  [" s3a://lake/sales/ ", "arn:aws-cn:s3:::lake/sales/"],
  ["arn:aws:s3:::lake", "arn:aws:s3:::lake"],
])("%s is the place %s", (text, arn) => expect(placeArn(text, me)).toBe(arn));

test.each(["", "lake/sales", "s3://", "arn:aws:s3:::", "https://lake/sales", "javascript:alert(1)"])("%s is no place", (text) =>
  expect(placeArn(text, me)).toBeUndefined());

test("an ARN is shown as a place, whatever its partition", () => expect(placeText(placeArn("s3://lake/a b", me))).toBe("s3://lake/a b"));
