extension StoredDocument {
    /// Reads the stored form of one of the package's own documents.
    ///
    /// Damaged bytes and forms of a newer release are failures of the store that no second attempt mends.
    package func read<Value>(
        form: UInt8,
        _ body: (inout BinaryReader) throws(BinaryFormatError) -> Value
    ) throws(StoreError) -> Value {
        do throws(BinaryFormatError) {
            return try BinaryReader.read(self.body, form: form, body)
        } catch {
            throw .notApplied(StoreFailure(.unreadable, "document \(key): \(error)"))
        }
    }
}
