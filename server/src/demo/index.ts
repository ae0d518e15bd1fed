/** What other rooms may use of `demo`. */
export { type DemoOptions, type DemoRooms, loadDemo } from "./load.ts";
