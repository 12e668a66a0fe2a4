import { Float, type Value } from '../value.ts';
import { Complex } from './complex.ts';
import { raise } from './error.ts';
import { floorDivideFloats, moduloFloats } from './float.ts';
import { powerFloats } from './power.ts';

/** `a <operator> b` of two floats. */
export function floatOperation(operator: '+' | '-' | '*' | '/' | '//' | '%' | '**', a: number, b: number): Value {
  switch (operator) {
    case '+':
      return new Float(a + b);
    case '-':
      return new Float(a - b);
    case '*':
      return new Float(a * b);
    case '/':
      return b === 0 ? raise('ZeroDivisionError', 'float division by zero') : new Float(a / b);
    case '//':
      if (b === 0) raise('ZeroDivisionError', 'float floor division by zero');
      return new Float(floorDivideFloats(a, b));
    case '%':
      return b === 0 ? raise('ZeroDivisionError', 'float modulo') : new Float(moduloFloats(a, b));
    case '**':
      if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return Complex.power(a, b);
      return new Float(powerFloats(a, b));
    default:
      return operator satisfies never;
  }
}
