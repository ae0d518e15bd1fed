/** What is hard to bring about is planted in a room for one look. */

/** Does that while these stand in the room in the place of its own. */
export async function planting<Room extends object>(
  services: Room,
  planted: Partial<Room>,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = { ...services };
  Object.assign(services, planted);
  await work().finally(() => Object.assign(services, before));
}
