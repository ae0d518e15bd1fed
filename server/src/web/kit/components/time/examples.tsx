/** Examples of times. */
import type { Examples } from "../example.ts";
import { Time } from "./time.tsx";

const at = 1_779_369_779_123_456n;
const now = 1_779_380_000_000;

export const times: Examples = {
  component: "Time",
  examples: [
    { name: "full", shown: <Time at={at} zone="Europe/London" /> },
    { name: "day", shown: <Time at={at} zone="Europe/London" form="day" /> },
    { name: "time of day", shown: <Time at={at} zone="UTC" form="time" /> },
    { name: "ago", shown: <Time at={at} zone="UTC" form="ago" now={now} /> },
  ],
};
