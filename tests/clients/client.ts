// Uses the generated types as a client would: what is optional in the schema is optional here.
import type { FirstPeopleQueryVariables, PeopleWhereQueryVariables, PersonByIdQuery } from "./generated/operations.js"

export const first: FirstPeopleQueryVariables = {}
export const where: PeopleWhereQueryVariables = { where: { born: { from: "1980-01-01" }, name: { contains: "a" } } }
export const nameOf = (answer: PersonByIdQuery): string => answer.person?.name ?? "nobody"
