public import MarketplaceCore

/// Something in which the gateway's record and the marketplace's differ.
public enum PaymentDifference: Sendable, Hashable {
    /// The gateway has moved money of which nothing is recorded here.
    case missingHere(PaymentMovement)
    /// Money is recorded here that the gateway knows nothing of.
    case missingThere(PaymentMovement)
    /// Both have recorded it, with different amounts.
    case differentAmount(here: PaymentMovement, there: Money)
    /// One side has recorded the same thing more than once: this many times.
    case repeated(PaymentMovement, count: Int, there: Bool)
}

extension PaymentDifference {
    /// What it is about.
    var movement: PaymentMovement {
        switch self {
        case .missingHere(let movement), .missingThere(let movement): movement
        case .differentAmount(let here, _): here
        case .repeated(let movement, _, _): movement
        }
    }
}

extension PaymentDifference: CustomStringConvertible {
    /// The difference in a line.
    public var description: String {
        switch self {
        case .missingHere(let movement): "missing here     \(Self.text(of: movement))"
        case .missingThere(let movement): "missing there    \(Self.text(of: movement))"
        case .differentAmount(let here, let there): "different amount \(Self.text(of: here)), there \(there)"
        case .repeated(let movement, let count, let there):
            "recorded \(count) times \(there ? "there" : "here") \(Self.text(of: movement))"
        }
    }

    private static func text(of movement: PaymentMovement) -> String {
        "\(movement.kind.rawValue) \(movement.amount) \(movement.key) of payment \(movement.payment)"
    }
}
