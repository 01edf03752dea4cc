/** Whose a document is, and where it lies in the organisation. */
export type Place = {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly partnerId?: string
}

type Placed = Omit<Place, 'partnerId'> & { readonly partnerId?: string | undefined }

export const placeOf = ({ ownerId, unitId, orgPath, partnerId }: Placed): Place => ({
  ownerId,
  unitId,
  orgPath: [...orgPath],
  ...(partnerId !== undefined && { partnerId }),
})
