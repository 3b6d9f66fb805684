// Rules and reports reckon with durations too, and import nothing from here.
export * from "../review/duration";
