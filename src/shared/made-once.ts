/**
 * Makes something of an object once, for as long as that object is around: what is read from memory again and again,
 * such as a look-up that the database remembers, is turned into words once. The object must not be changed, and what is
 * made of it must follow from it alone.
 */
export function madeOnce<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  const known = new WeakMap<From, { made: Made }>();
  return (from) => {
    const already = known.get(from);
    if (already) return already.made;
    const made = make(from);
    known.set(from, { made });
    return made;
  };
}
