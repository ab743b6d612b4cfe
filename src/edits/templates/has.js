// @ts-nocheck

/**
 * What a file can need of the functions in this folder. Here all of it is so, and the functions do all that they can.
 * In the functions that are written into a file, only what the file needs is left: see specialize.ts.
 */
export const has = {
  auth: true,
  baseUrl: true,
  body: true,
  encodedBody: true,
  encoding: true,
  errorBody: true,
  errorFields: true,
  errorName: true,
  errorResponse: true,
  errorStatus: true,
  followRedirect: true,
  form: true,
  formFiles: true,
  formHeaders: true,
  fullResponse: true,
  head: true,
  headError: true,
  headers: true,
  json: true,
  jsonBody: true,
  lists: true,
  method: true,
  qs: true,
  responseHeaders: true,
  responseMessage: true,
  sentBody: true,
  sentHeaders: true,
  simple: true,
  timeout: true,
  uri: true,
  url: true,
  urlArgument: true,
  wholeResponse: true,
};
