/// Units that were set aside for an order at once, under a reservation of their own, and what became of them.
///
/// Which of its allotments a unit is taken from when it leaves or is set free follows from the order's events alone. So
/// of any two states of an order the later one has only added to what the earlier one says of each: whoever books an old
/// state late, beside or behind somebody who books a new one, asks for nothing that was not asked for already.
package struct OrderAllotment: Sendable, Hashable {
    /// What they were set aside for.
    package enum Origin: Sendable, Hashable {
        /// The order as it was placed; the orders of a purchase share its reservation.
        case placement
        /// A change that has added them, from 1.
        case change(Int)
        /// A parcel that they are in, in place of units that did not arrive.
        case parcel(ShipmentID)
    }

    /// The units of one line.
    package struct Line: Sendable, Hashable {
        /// How many were set aside.
        package let units: Int
        /// How many of them were set free.
        package internal(set) var setFree = 0
        /// How many of them have left.
        package internal(set) var handedOver = 0

        /// How many of them are set aside still.
        package var setAside: Int { units - setFree - handedOver }
    }

    /// What they were set aside for.
    package let origin: Origin
    /// Which of the moves of the order's stock that was; 0 for the first.
    package let stockRevision: Int
    /// The units, by the line.
    package internal(set) var lines: [Int: Line]

    /// Units that are set aside now.
    package init(_ units: [OrderUnits], for origin: Origin, stockRevision: Int = 0) {
        self.origin = origin
        self.stockRevision = stockRevision
        lines = Dictionary(units.map { ($0.lineIndex, Line(units: $0.units)) }) { first, _ in first }
    }

    /// Takes up to so many units of a line out of it.
    mutating func take(_ part: WritableKeyPath<Line, Int>, _ left: inout Int, of index: Int) {
        guard left > 0, let line = lines[index] else { return }
        let units = min(left, line.setAside)
        lines[index]?[keyPath: part] += units
        left -= units
    }
}
