/// A decoded document together with its revision.
package struct StoredValue<Value: Sendable>: Sendable {
    package let value: Value
    package let revision: DocumentRevision

    @inlinable
    package init(value: Value, revision: DocumentRevision) {
        self.value = value
        self.revision = revision
    }
}
