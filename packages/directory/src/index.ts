export { type CompanyFacts, type Directory, directory, type Person, type Place, type Unit } from './directory.ts'
export { ownerPlace, placeOf, todayIn } from './place.ts'
