import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { File_Media } from '../gen/saleswright/api/v1/annotations_pb.ts'
import { CreateImportRequestSchema } from '../gen/saleswright/gateway/v1/import_pb.ts'
import { CreatePaymentRequestSchema } from '../gen/saleswright/orders/v1/money_in_pb.ts'
import { ShipRequestSchema } from '../gen/saleswright/orders/v1/shipment_pb.ts'
import { fileRefs, mediaOf } from './file-refs.ts'
import { fieldName, sentFields } from './sent-fields.ts'
import { textForm } from './text-form.ts'

const NAMES_A_FILE = /(^|_)(file|photo|picture|image|scan|slip|attachment|document)s?_ids?$/
const FILES_OWN = /^(GetFile|RegisterFile|ClaimFiles)Request$|^FileClaim$/

test('decision 54: every field of a request that names a file says which kind of file, and is an id', () => {
  const named = sentFields.filter(({ name, parent }) => NAMES_A_FILE.test(name) && !FILES_OWN.test(parent.name))
  expect(named.map(fieldName).toSorted()).toEqual(
    sentFields
      .filter((field) => mediaOf(field) !== undefined)
      .map(fieldName)
      .toSorted(),
  )
  expect(named.map(fieldName)).toEqual(
    expect.arrayContaining(['ShipRequest.photo_ids', 'CreatePaymentRequest.slip_file_id', 'ImportFile.file_id']),
  )
  expect(named.filter((field) => textForm(field) !== 'id' || field.oneof).map(fieldName)).toEqual([])
})

test('the files of a request are found wherever they are named', () => {
  const photos = create(ShipRequestSchema, { photoIds: ['a', 'b'] })
  expect(fileRefs(ShipRequestSchema, photos)).toEqual([
    { field: 'photoIds[0]', fileId: 'a', media: File_Media.IMAGE },
    { field: 'photoIds[1]', fileId: 'b', media: File_Media.IMAGE },
  ])
  const slip = create(CreatePaymentRequestSchema, { slipFileId: 'a' })
  expect(fileRefs(CreatePaymentRequestSchema, slip)).toMatchObject([{ field: 'slipFileId', media: File_Media.PAPER }])
  expect(fileRefs(CreatePaymentRequestSchema, create(CreatePaymentRequestSchema))).toEqual([])
  const files = create(CreateImportRequestSchema, { files: [{ name: 'accounts.csv', fileId: 'a' }] })
  expect(fileRefs(CreateImportRequestSchema, files)).toMatchObject([{ field: 'files[0].fileId', fileId: 'a' }])
})
