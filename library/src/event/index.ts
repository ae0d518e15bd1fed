/** What other rooms and packages may use of `event`. */
export * from "./event.ts";
