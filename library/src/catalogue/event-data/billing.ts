/**
 * The TypeScript types of `data`, of the subject "billing". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of PRODUCT_PLAN_CHANGE, PRODUCT_PLAN_CANCELLATION_SCHEDULED. */
export type ProductPlanChangeData = {
  /** Plan: 1 to 128 characters. */
  plan: string;
  /** Old plan: 1 to 128 characters. */
  oldPlan?: string;
  /** Payment method changed. */
  paymentMethodChanged?: boolean;
  /** Effective at: a time with its offset, RFC 3339. */
  effectiveAt?: string;
};

/** The data of SUBSCRIPTION_ASSIGNED, SUBSCRIPTION_REMOVED. */
export type SubscriptionAssignedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Product: 1 to 256 characters. */
  product: string;
};
