/// What a buyer has left of store credit, in minor units.
package struct CreditLeft: Sendable, Hashable {
    /// What can be spent.
    package var availableMinor: Int64
    /// What is set aside for a purchase.
    package var heldMinor: Int64
}
