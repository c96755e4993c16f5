public import MarketplaceCore

/// A lease was given.
public struct LeaseGiven: ObserverEvent {
    /// The keys, in ascending order.
    public let keys: [FenceKey]
    /// How long the lease lasts unless it is renewed.
    public let length: Duration

    /// The stable name of the event.
    public static let name = "lease.given"

    /// The keys and the length as fields.
    public var attributes: [ObserverAttribute] {
        [
            .field("keys", .text(keys.map(\.text).joined(separator: ", "))), .field("length", .duration(length)),
        ]
    }
}

/// A lease is over: told when its holder notices.
public struct LeaseEnded: ObserverEvent {
    /// The keys, in ascending order.
    public let keys: [FenceKey]
    /// Why it is over.
    public let end: LeaseEnd

    /// The stable name of the event.
    public static let name = "lease.ended"

    /// The reason as a label, the keys as a field.
    public var attributes: [ObserverAttribute] {
        let reason =
            switch end {
            case .expired: "expired"
            case .takenOver: "taken over"
            case .released: "released"
            }
        return [.label("end", reason), .field("keys", .text(keys.map(\.text).joined(separator: ", ")))]
    }
}
