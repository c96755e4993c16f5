/// The units that a change has added to an order.
package struct OrderAddition: Sendable, Hashable {
    /// What was added; nothing where the change only took units off.
    package let units: [OrderUnits]
    /// Whether they were taken off again because their stock was gone.
    package internal(set) var isUndone = false
}
