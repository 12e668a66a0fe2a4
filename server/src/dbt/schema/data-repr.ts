import { repr, toText } from '../../render/python/text.ts';
import { typeName } from '../../render/python/type-name.ts';
import { toValue } from '../manifest/data-value.ts';
import type { Data } from '../manifest/data.ts';

/** Data as Python's `repr` shows it, which is how dbt's messages quote it. */
export const dataRepr = (data: Data): string => repr(toValue(data));

/** Data as Python's `str` shows it. */
export const dataText = (data: Data): string => toText(toValue(data));

/** The name of the Python class of data. */
export const pythonTypeName = (data: Data): string => typeName(toValue(data));

/** The Python class of data, as `str(type(x))` shows it. */
export const dataType = (data: Data): string => `<class '${pythonTypeName(data)}'>`;
