/** Five lines, ship-to and bill-to: the order that all figures of this project are about. */
export const orderRequest = (customerId: string) => {
  const address = {
    name: '华东仓库',
    line1: '浦东新区张江路 100 号',
    city: '上海',
    countryCode: 'CN',
    postalCode: '201203',
  }
  return {
    customerId,
    lines: Array.from({ length: 5 }, (_, index) => ({ sku: `SW-10${index}`, quantity: String(index + 1) })),
    confirmed: true,
    externalOrderNo: 'A-1001',
    note: '请在工作日送货',
    shipTo: address,
    billTo: address,
  }
}
