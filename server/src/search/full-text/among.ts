/** Which organizations a search of all of them looks in. */

/** Whether it looks in that organization. */
export type Among = (organizationId: number) => boolean;

export const everywhere: Among = () => true;
