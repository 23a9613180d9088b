import { expect, test } from "vitest";
import { deviceAddress, inFours } from "./profile";
import { squares } from "./QrCode";

test("names cannot add to the address of a device", () => {
  expect(deviceAddress("111122223333", "a?secret=B&issuer=C", "ABC")).toBe(
    "otpauth://totp/Weir%20111122223333%3Aa%3Fsecret%3DB%26issuer%3DC?secret=ABC&issuer=Weir%20111122223333");
});

test("a secret is told in groups", () => {
  expect(inFours("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
});

test("only dark squares are drawn", () => {
  expect(squares([[true, false], [false, true]])).toBe("M0 0h1v1h-1zM1 1h1v1h-1z");
});
