import { describe, expect, it } from "vitest";
import { Recall } from "./recall";

describe("calling back what was said", () => {
  it("goes from the last to the first, and stops there", () => {
    const recall = new Recall();
    recall.knows(["one", "two"]);
    expect(recall.back("")).toBe("two");
    expect(recall.back("two")).toBe("one");
    expect(recall.back("one")).toBeNull();
    expect(recall.active).toBe(true);
  });

  it("gives back what was being typed", () => {
    const recall = new Recall();
    recall.knows(["one"]);
    recall.back("half a mess");
    expect(recall.forward()).toBe("half a mess");
    expect(recall.active).toBe(false);
    expect(recall.forward()).toBeNull();
  });

  it("takes the same thing said twice in a row for one", () => {
    const recall = new Recall();
    recall.knows(["one", "two", "two"]);
    recall.back("");
    expect(recall.back("")).toBe("one");
  });

  it("begins at the end again once something else was typed", () => {
    const recall = new Recall();
    recall.knows(["one", "two"]);
    recall.back("");
    recall.back("");
    recall.leave();
    expect(recall.back("")).toBe("two");
  });
});
