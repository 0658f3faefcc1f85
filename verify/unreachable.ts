/** A part can't be asked now. That is no finding: nobody knows. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
