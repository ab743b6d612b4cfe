/* global module */
module.exports = (/** @type {string} */ date) => ({ toISOString: () => new Date(date).toISOString() });
