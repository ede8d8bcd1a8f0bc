"""How a paper is written: by the ending of its file."""

PDF, PNG, XLSX, CSV, DOCX, ZIP = "pdf", "png", "xlsx", "csv", "docx", "zip"
MEDIA_TYPES = {
    PDF: "application/pdf", PNG: "image/png", CSV: "text/csv; charset=utf-8", ZIP: "application/zip",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
