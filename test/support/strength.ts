/** Whether tests run at full strength (npm run test:full, each night), or with the smaller numbers of CI. */
export const isFull: boolean = process.env.STRENGTH === "full";
