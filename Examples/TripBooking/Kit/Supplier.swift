/// Somebody a trip is booked with.
package enum Supplier: String, Sendable, Hashable, CaseIterable {
    /// Sells the flight.
    case airline
    /// Sells the room.
    case hotel
    /// Rents the car out.
    case cars = "car rental"
    /// Charges the card.
    case bank
    /// Sends the tickets.
    case office = "ticket office"
}

/// What goes wrong at a supplier.
package enum SupplierTrouble: Sendable, Hashable {
    /// It has nothing to sell.
    case soldOut
    /// It books, and its answer is lost.
    case answerLost
    /// It cannot cancel for now.
    case cannotCancel
    /// It books, and then whoever called it dies.
    case callerDies
}

/// The answer of a supplier did not arrive: nobody knows whether it has done what it was asked for.
package struct AnswerLost: Error, CustomStringConvertible {
    /// What happened.
    package let description = "no answer came"
}

/// What a supplier was asked for, and what it did.
package struct SupplierCall: Sendable, Hashable {
    /// Who was asked.
    package let supplier: Supplier
    /// What for: `book`, `find` or `cancel`.
    package let request: String
    /// What it did, in words.
    package let result: String
}
