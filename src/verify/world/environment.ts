/** Environment variables that only V1 sets. */
export const LEGACY_ENV = { BRAND_ID: "12345678", LAMBDA_UUID: "0f1e2d3c-0000-4000-8000-000000000001" };

/** Environment variables that only V2 sets. */
export const MODERN_ENV = {
  X_LIVEPERSON_BRAND_ID: "12345678",
  X_LIVEPERSON_FUNCTION_UUID: "0f1e2d3c-0000-4000-8000-000000000001",
  X_LIVEPERSON_PROJECT_ID: "project",
  X_LIVEPERSON_CSDS_DOMAIN: "api.example.com",
};
