/** How much the heavy tests do: as much as shows the rule, or, with `SIZE=whole`, what the figures in the docs name. */
export const size = <Amount>(short: Amount, whole: Amount): Amount => (process.env['SIZE'] === 'whole' ? whole : short)
