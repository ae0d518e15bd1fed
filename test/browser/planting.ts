/** Replaces functions of a service for one look at a state that is hard to cause. */

/** Runs work while these functions replace those of the service. */
export async function planting<Room extends object>(
  services: Room,
  planted: Partial<Room>,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = { ...services };
  Object.assign(services, planted);
  await work().finally(() => Object.assign(services, before));
}
