import { describe, expect, it } from "vitest";
import { decode, linesOfRows } from "./sheet";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("a file", () => {
  it("is read as UTF-8, without a mark at its head", () => {
    expect(decode(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: "a" });
    expect(decode(new TextEncoder().encode("Peña"))).toEqual({ text: "Peña" });
  });

  it("that is not UTF-8 is refused, never mended without a word", () => {
    expect(decode(bytes(0x50, 0x65, 0xf1, 0x61))).toHaveProperty("problem");
    expect(decode(bytes(0xff, 0xfe, 0x61, 0))).toHaveProperty("problem", "The file is in UTF-16.");
    expect(decode(bytes(0x50, 0x4b, 3, 4))).toHaveProperty("problem", "This is a workbook, not a CSV file.");
    expect(decode(bytes())).toHaveProperty("problem", "The file is empty.");
  });
});

describe("a row", () => {
  it("is named by the line it begins on", () => {
    expect(linesOfRows("a,b\n1,2\n3,4\n", 20)).toEqual([2, 3]);
    expect(linesOfRows("a,b\r\n1,2\r\n\r\n3,4", 20)).toEqual([2, 4]);
    expect(linesOfRows('a,b\n"1\n\n1",2\n3,4\n', 20)).toEqual([2, 5]);
    expect(linesOfRows("a\n1\n2\n3\n", 2)).toEqual([2, 3]);
  });
});
