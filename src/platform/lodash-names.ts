/**
 * The functions that lodash 4 has and `es-toolkit/compat` offers by name, the same in both.
 * Missing there: `chain`, `mixin`, `tap`, `thru`, `sortedUniq`, `sortedUniqBy`, `runInContext`, `noConflict`.
 * Source: measured with lodash 4.17.21, es-toolkit 1.39.10 and 1.53.2; V2's command line lists 1.39.
 */
export const namesOfBoth: ReadonlySet<string> = new Set(
  `
  add after ary assign assignIn assignInWith assignWith at attempt before bind bindAll bindKey camelCase
  capitalize castArray ceil chunk clamp clone cloneDeep cloneDeepWith cloneWith compact concat cond conforms
  conformsTo constant countBy create curry curryRight debounce deburr defaultTo defaults defaultsDeep defer delay
  difference differenceBy differenceWith divide drop dropRight dropRightWhile dropWhile each eachRight endsWith eq
  escape escapeRegExp every extend extendWith fill filter find findIndex findKey findLast findLastIndex
  findLastKey first flatMap flatMapDeep flatMapDepth flatten flattenDeep flattenDepth flip floor flow flowRight
  forEach forEachRight forIn forInRight forOwn forOwnRight fromPairs functions functionsIn get groupBy gt gte has
  hasIn head identity inRange includes indexOf initial intersection intersectionBy intersectionWith invert
  invertBy invoke invokeMap isArguments isArray isArrayBuffer isArrayLike isArrayLikeObject isBoolean isBuffer
  isDate isElement isEmpty isEqual isEqualWith isError isFinite isFunction isInteger isLength isMap isMatch
  isMatchWith isNaN isNative isNil isNull isNumber isObject isObjectLike isPlainObject isRegExp isSafeInteger
  isSet isString isSymbol isTypedArray isUndefined isWeakMap isWeakSet iteratee join kebabCase keyBy keys keysIn
  last lastIndexOf lowerCase lowerFirst lt lte map mapKeys mapValues matches matchesProperty max maxBy mean meanBy
  memoize merge mergeWith method methodOf min minBy multiply negate noop now nth nthArg omit omitBy once orderBy
  over overArgs overEvery overSome pad padEnd padStart parseInt partial partialRight partition pick pickBy
  property propertyOf pull pullAll pullAllBy pullAllWith pullAt random range rangeRight rearg reduce reduceRight
  reject remove repeat replace rest result reverse round sample sampleSize set setWith shuffle size slice
  snakeCase some sortBy sortedIndex sortedIndexBy sortedIndexOf sortedLastIndex sortedLastIndexBy
  sortedLastIndexOf split spread startCase startsWith stubArray stubFalse stubObject stubString stubTrue subtract
  sum sumBy tail take takeRight takeRightWhile takeWhile template throttle times toArray toFinite toInteger
  toLength toLower toNumber toPairs toPairsIn toPath toPlainObject toSafeInteger toString toUpper transform trim
  trimEnd trimStart truncate unary unescape union unionBy unionWith uniq uniqBy uniqWith uniqueId unset unzip
  unzipWith update updateWith upperCase upperFirst values valuesIn without words wrap xor xorBy xorWith zip
  zipObject zipObjectDeep zipWith
`
    .trim()
    .split(/\s+/u),
);

/**
 * The functions of lodash that the main entry of es-toolkit lacks; `es-toolkit/compat` has them.
 * Source: measured with es-toolkit 1.39.10, the version that V2's command line lists.
 */
export const namesOfCompatOnly: ReadonlySet<string> = new Set(
  `
  add assign assignIn assignInWith assignWith bind bindAll bindKey castArray ceil cloneWith concat cond conforms
  conformsTo constant create defaultTo defaults defaultsDeep defer divide each eachRight endsWith eq every extend
  extendWith filter find findIndex findLast findLastIndex findLastKey first flatMapDepth flattenDepth flip floor
  forEach forIn forInRight forOwn forOwnRight fromPairs functions functionsIn get gt gte has hasIn includes indexOf
  invertBy invoke invokeMap isArguments isArray isArrayLike isArrayLikeObject isElement isEmpty isFinite isInteger
  isMatch isMatchWith isNaN isNative isNumber isObject isObjectLike isSafeInteger iteratee join keys keysIn
  lastIndexOf lt lte map matches matchesProperty max method methodOf min multiply now nth nthArg over overArgs
  overEvery overSome padEnd padStart parseInt property propertyOf pullAll pullAllBy pullAllWith rearg reduce
  reduceRight reject repeat replace result reverse set setWith size slice some sortedIndex sortedIndexBy
  sortedIndexOf sortedLastIndex sortedLastIndexBy sortedLastIndexOf split startsWith stubArray stubFalse stubObject
  stubString stubTrue subtract template times toArray toFinite toInteger toLength toLower toNumber toPairs toPairsIn
  toPath toPlainObject toSafeInteger toString toUpper transform truncate uniqueId unset update updateWith values
  valuesIn wrap zipObjectDeep
`
    .trim()
    .split(/\s+/u),
);
