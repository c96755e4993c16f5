public import MarketplaceCore

/// A relay has copied movements.
public struct StockMovementsRelayed: ObserverEvent {
    /// The relay.
    public let relay: String
    /// How many.
    public let count: Int

    /// The stable name of the event.
    public static let name = "inventory.movements.relayed"

    /// The relay as a label, the count as a field.
    public var attributes: [ObserverAttribute] {
        [.label("relay", relay), .field("count", .integer(Int64(count)))]
    }
}

/// Movements were forgotten before a reader came by.
public struct StockMovementsMissed: ObserverEvent {
    /// The reader.
    public let reader: String
    /// How many.
    public let count: UInt64

    /// The stable name of the event.
    public static let name = "inventory.movements.missed"

    /// The reader as a label, the count as a field.
    public var attributes: [ObserverAttribute] {
        [.label("reader", reader), .field("count", .integer(Int64(clamping: count)))]
    }
}

/// A reader of movements was interrupted.
public struct MovementReaderFailed: ObserverEvent {
    /// The reader.
    public let reader: String
    /// Why.
    public let error: MovementReaderError

    /// The stable name of the event.
    public static let name = "inventory.movements.failed"

    /// The reader and whether it goes on as labels, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [
            .label("reader", reader), .label("next", error.isRetriable ? "retry" : "end"),
            .field("reason", .text("\(error)")),
        ]
    }
}

/// Movements gave signals.
public struct StockSignalsTold: ObserverEvent {
    /// How many.
    public let count: Int

    /// The stable name of the event.
    public static let name = "inventory.signals.told"

    /// The count as a field.
    public var attributes: [ObserverAttribute] { [.field("count", .integer(Int64(count)))] }
}
