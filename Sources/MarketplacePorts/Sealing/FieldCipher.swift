/// Seals fields that must not be read where they are stored, such as the token of a saved payment method.
///
/// The context (what the field belongs to, as bytes) is authenticated with the field: a sealed value that was moved to
/// another record does not open there. Keys are rotated by sealing under a new one: what older keys sealed opens as
/// long as the cipher has them.
public protocol FieldCipher: Sendable {
    /// Seals bytes under the current key.
    func seal(_ plain: [UInt8], context: [UInt8]) throws(SealingError) -> SealedField

    /// Opens what was sealed under the same context.
    func open(_ sealed: SealedField, context: [UInt8]) throws(SealingError) -> [UInt8]

    /// Whether the field was sealed under another key than the current one, and should be sealed again.
    func isOutdated(_ sealed: SealedField) -> Bool
}
