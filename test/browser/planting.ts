/** What is hard to bring about is planted in a room for one look. */

/** Does that while these stand in the room in the place of its own. */
export async function planting<Room extends object>(
  room: Room,
  planted: Partial<Room>,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = { ...room };
  Object.assign(room, planted);
  await work().finally(() => Object.assign(room, before));
}
