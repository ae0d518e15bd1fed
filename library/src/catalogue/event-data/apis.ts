/**
 * The TypeScript types of `data`, of the subject "apis". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of NEW_API, NEW_DOMAIN. */
export type NewApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Specification. */
  specification?: string;
  /** Origin. */
  origin?: "CREATED" | "IMPORTED" | "TEMPLATE";
  /** Digest. */
  digest?: string;
};

/** The data of API_RENAME, RENAME_DOMAIN. */
export type ApiRenameData = {
  /** Owner: 1 to 256 characters. */
  owner: string;
  /** Old name: 1 to 512 characters. */
  oldName: string;
  /** New name: 1 to 512 characters. */
  newName: string;
};

/** The data of API_SAVED, DOMAIN_SAVED. */
export type ApiSavedData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Specification. */
  specification?: string;
  /** Old digest. */
  oldDigest?: string;
  /** Digest. */
  digest: string;
  /** Source. */
  source?: "EDITOR" | "API" | "CLI" | "SYNC";
  /** Commit message. */
  commitMessage?: string;
};

/** The data of API_LIFECYCLE, DOMAIN_LIFECYCLE. */
export type ApiLifecycleData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Published. */
  published: boolean;
  /** Was published. */
  wasPublished: boolean;
};

/** The data of API_TRANSFER, DOMAIN_TRANSFER. */
export type ApiTransferData = {
  /** Name: 1 to 512 characters. */
  name: string;
  /** From owner: 1 to 256 characters. */
  fromOwner: string;
  /** To owner: 1 to 256 characters. */
  toOwner: string;
  /** Direction. */
  direction: "IN" | "OUT";
};

/** The data of FORK_API, FORK_DOMAIN. */
export type ForkApiData = {
  /** Source. */
  source: {
    /** Owner: 1 to 256 characters. */
    owner: string;
    /** Name: 1 to 512 characters. */
    name: string;
    /** Version: 1 to 256 characters. */
    version?: string;
  };
  /** Fork. */
  fork: {
    /** Owner: 1 to 256 characters. */
    owner: string;
    /** Name: 1 to 512 characters. */
    name: string;
    /** Version: 1 to 256 characters. */
    version?: string;
  };
  /** Direction. */
  direction: "IN" | "OUT";
};

/** The data of REMOVE_API, REMOVE_DOMAIN. */
export type RemoveApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Versions. */
  versions?: string[];
};

/** The data of NEW_API_VERSION, NEW_DOMAIN_VERSION. */
export type NewApiVersionData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version: string;
  /** Cloned from. */
  clonedFrom?: string;
  /** Digest. */
  digest?: string;
};

/** The data of REMOVE_API_VERSION, REMOVE_DOMAIN_VERSION. */
export type RemoveApiVersionData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version: string;
  /** Last digest. */
  lastDigest?: string;
};

/** The data of NEW_DRAFT_API, NEW_DRAFT_DOMAIN. */
export type NewDraftApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Base digest. */
  baseDigest?: string;
  /** Draft digest. */
  draftDigest: string;
};

/** The data of REMOVE_DRAFT_API, REMOVE_DRAFT_DOMAIN. */
export type RemoveDraftApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Discarded digest. */
  discardedDigest?: string;
  /** Digest. */
  digest?: string;
};
