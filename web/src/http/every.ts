/**
 * A union's members as a list, for the front end takes types from other rooms, never code. One too many is a type
 * error, and so is one that is missing: `lacks` names it.
 */
export const every =
  <Union extends string>() =>
  <const List extends readonly Union[]>(
    list: List & ([Exclude<Union, List[number]>] extends [never] ? unknown : { lacks: Exclude<Union, List[number]> }),
  ): List =>
    list
