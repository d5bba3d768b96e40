// Where a price's history stands on its picture. Numbers here are places on the picture; amounts stay text.

import type { PriceHistory } from "../../../lib/gen/api";

export type Size = { width: number; height: number; edge: number };
export type Level = { year: string; amount: string; from: number; to: number; y: number };
export type Dot = { quote: string; amount: string; at: string; x: number; y: number };
export type Chart = { levels: Level[]; dots: Dot[] };

/** A school year runs from July to June: a year's price is a level that long. Quotes are dots on their day. */
export function chart(history: PriceHistory, size: Size): Chart {
  const years = [...history.years].sort((one, other) => one.school_year.localeCompare(other.school_year));
  const days = [
    ...years.flatMap(({ school_year }) => [start(school_year), end(school_year)]),
    ...history.quoted.map(({ at }) => Date.parse(at)),
  ].filter(Number.isFinite);
  const heights = [...years, ...history.quoted].map(({ case_price }) => Number(case_price));
  const x = scale(Math.min(...days), Math.max(...days), size.edge, size.width - size.edge);
  const y = scale(Math.min(...heights), Math.max(...heights), size.height - size.edge, size.edge);
  return {
    levels: years.map(({ school_year, case_price }) => ({
      year: school_year,
      amount: case_price,
      from: x(start(school_year)),
      to: x(end(school_year)),
      y: y(Number(case_price)),
    })),
    dots: history.quoted
      .filter(({ at }) => Number.isFinite(Date.parse(at)))
      .map(({ quote_id, at, case_price }) => ({
        quote: quote_id,
        amount: case_price,
        at,
        x: x(Date.parse(at)),
        y: y(Number(case_price)),
      })),
  };
}

function scale(low: number, high: number, from: number, to: number): (value: number) => number {
  return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
}

function start(schoolYear: string): number {
  return Date.UTC(Number(schoolYear.slice(0, 4)), 6, 1);
}

function end(schoolYear: string): number {
  return Date.UTC(Number(schoolYear.slice(0, 4)) + 1, 6, 1);
}
