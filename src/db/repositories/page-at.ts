/** Where a page of so many rows really is: a page beyond the last is the last, and an empty list has one. */
export function pageAt({ page, pageSize, total }: { page: number; pageSize: number; total: number }) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return { page: Math.min(Math.max(0, page), pages - 1), pages, total };
}
